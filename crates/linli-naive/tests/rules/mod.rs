mod commands;
mod fuzz;
mod mall;
mod plans;
mod refunds;
mod settling;
