//! QR codes by themselves, read again.

use crate::support::decode_png;
use linli_sheets::Qr;
use proptest::prelude::*;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

fn decode_svg(svg: &str) -> String {
    let tree = Tree::from_str(svg, &Options::default()).expect("an SVG");
    let scale = 8.0;
    let size = tree.size().to_int_size().scale_by(scale).expect("not zero");
    let mut pixmap = Pixmap::new(size.width(), size.height()).expect("not zero");
    let factor = size.width() as f32 / tree.size().width();
    resvg::render(&tree, Transform::from_scale(factor, factor), &mut pixmap.as_mut());
    decode_png(&pixmap.encode_png().expect("a PNG"))
}

#[test]
fn every_length_is_read_again_from_png_and_svg() {
    for bytes in [1, 20, 100, 256, 400, 512] {
        let text =
            "https://linli.example/s/".chars().chain("aZ9-_".chars().cycle()).take(bytes).collect::<String>();
        let qr = Qr::new(&text).expect("short");
        assert_eq!(decode_png(&qr.png()), text, "{bytes} bytes");
        assert_eq!(decode_svg(&qr.svg()), text, "{bytes} bytes");
    }
}

#[test]
fn a_damaged_corner_is_still_read() {
    let text = "https://linli.example/s/8HJ2KQ";
    let mut image = image::load_from_memory(&Qr::new(text).expect("short").png()).expect("a PNG").to_luma8();
    // Away from the finder patterns, a stain over about a twelfth of the code.
    let (width, height) = image.dimensions();
    for (x, y) in (width * 55 / 100..width * 75 / 100)
        .flat_map(|x| (height / 2..height * 70 / 100).map(move |y| (x, y)))
    {
        image.put_pixel(x, y, image::Luma([255]));
    }
    assert_eq!(crate::support::decode_grey(width as usize, height as usize, image.as_raw()), text);
}

#[test]
fn the_title_of_the_svg_is_escaped() {
    let svg = Qr::new("https://a.cn/?a=<b>&\"'").expect("short").svg();
    assert!(svg.contains("<title>https://a.cn/?a=&lt;b&gt;&amp;&quot;&apos;</title>"), "{svg}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_again(text in "[ -~邻-鄰]{1,120}") {
        let qr = Qr::new(&text).expect("short");
        prop_assert_eq!(decode_png(&qr.png()), text);
    }
}
