//! The integration tests of the `linli` program, in one binary: each runs the program as a person would.

mod audit;
mod backup;
mod database;
mod demo;
mod explain;
mod export;
mod faults;
mod ingest;
mod key;
mod model;
mod plan_check;
mod plan_refusals;
mod replay;
mod replay_talk;
mod serve;
mod settle_faults;
mod settle_files;
mod settle_forms;
mod settle_orders;
mod settle_sample;
mod settle_year;
mod stores_year;
mod stream;
mod support;
mod tables;
mod talk;
