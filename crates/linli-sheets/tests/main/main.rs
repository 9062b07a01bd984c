//! What is made here is decoded again, and what comes in is attacked.

mod fonts;
mod hostile;
mod orientation;
mod pages;
mod pdf;
mod pictures;
mod planted;
mod qr;
mod support;
