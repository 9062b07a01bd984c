//! Pictures come out upright, however the camera was held.

use crate::planted::{jpeg, png, quarters, webp};
use image::DynamicImage;
use linli_sheets::Picture;

/// The corners of the upright picture in the order of reading, as the first letters of their colours.
const CORNERS: [(u16, &str); 8] =
    [(1, "rgbw"), (2, "grwb"), (3, "wbgr"), (4, "bwrg"), (5, "rbgw"), (6, "brwg"), (7, "wgbr"), (8, "gwrb")];

fn corners(image: &DynamicImage) -> String {
    let image = image.to_rgb8();
    let (right, low) = (image.width() - 5, image.height() - 5);
    let name = |(x, y)| match image.get_pixel(x, y).0 {
        [red, green, blue] if red > 150 && green > 150 && blue > 150 => 'w',
        [red, _, _] if red > 150 => 'r',
        [_, green, _] if green > 150 => 'g',
        _ => 'b',
    };
    [(4, 4), (right, 4), (4, low), (right, low)].map(name).into_iter().collect()
}

#[test]
fn every_orientation_of_every_format_comes_out_upright() {
    let image = quarters(64, 32);
    for (orientation, expected) in CORNERS {
        let files = [jpeg(&image, orientation), png(&image, orientation), webp(&image, orientation)];
        for (file, format) in files.iter().zip(["jpeg", "png", "webp"]) {
            let full = Picture::read(file).expect(format).full();
            let turned = orientation >= 5;
            assert_eq!(
                (full.width, full.height),
                if turned { (32, 64) } else { (64, 32) },
                "{format} {orientation}"
            );
            let upright = image::load_from_memory(&full.bytes).expect("a picture");
            assert_eq!((upright.width(), upright.height()), (full.width, full.height));
            assert_eq!(corners(&upright), expected, "{format} {orientation}");
        }
    }
}
