//! The tests of the service, in one binary: each speaks to a service of its own over a real connection.

mod binding;
mod commands;
mod deals;
mod desk;
mod home;
mod hostile;
mod idempotency;
mod lifetime;
mod notifications;
mod openapi;
mod orders;
mod people;
mod problems;
mod proposals;
mod reads;
mod refunds;
mod rules;
mod settings;
mod signatures;
mod store_staff;
mod support;
mod voucher_money;
mod vouchers;
mod watching;
mod webhooks;
mod withdrawals;
