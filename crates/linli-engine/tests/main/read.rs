mod bindings;
mod examples;
mod following;
mod interrupted;
mod ledger;
mod place;
mod values;
mod verify;
