//! Fonts that are there, and fonts that are not.

use linli_sheets::Fonts;
use std::fs;

#[test]
fn without_a_chinese_font_the_package_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("broken.ttf"), b"\0\x01\0\0 no font at all").expect("written");
    let fault = Fonts::in_folder(folder.path()).expect_err("no font");
    assert_eq!(fault.faces, 0);
    assert!(fault.to_string().contains("apt-get install fonts-wqy-microhei"), "{fault}");
    assert!(Fonts::in_folder(&folder.path().join("nowhere")).is_err());
}

#[test]
fn the_font_has_a_name() {
    assert!(!crate::support::fonts().family().is_empty());
}
