//! Sheets and posters: read again from PNG and PDF, with titles of every kind.

use crate::pdf;
use crate::support::{LINK, decode_grey, decode_png, draw_all, fonts};
use linli_sheets::{Code, Drawing, Fonts, Instruction, Paper, Refusal, Sheet};

fn decode_pdf(drawing: &Drawing) -> String {
    let page = pdf::read(drawing.pdf().expect("written"));
    decode_grey(page.width, page.height, &page.grey)
}

fn sheet(title: &str) -> Result<Drawing, Refusal> {
    Sheet { paper: Paper::A6, title, instruction: Instruction::STORE, link: LINK, footer: None }.draw(fonts())
}

#[test]
fn every_page_is_read_again_from_png_and_pdf() {
    let longest = format!("{LINK}&{}", "k=3Vq9&".repeat(40)).chars().take(256).collect::<String>();
    for link in ["http://a.cn", LINK, &longest] {
        for (name, drawing) in draw_all("老街坊便利店", link, Some("邻里 Linli")) {
            let drawing = drawing.expect(name);
            assert_eq!(decode_png(&drawing.png()), link, "{name}");
            assert_eq!(decode_pdf(&drawing), link, "{name}");
        }
    }
}

#[test]
fn a_pdf_has_the_size_of_its_paper_letters_and_no_pictures() {
    let millimetres = |points: f32| (points / 72.0 * 25.4).round();
    let sizes = [("A4", (210.0, 297.0)), ("A6", (105.0, 148.0))];
    for ((name, size), (_, drawing)) in sizes.into_iter().zip(draw_all("老街坊便利店", LINK, Some("邻里")))
    {
        let page = pdf::read(drawing.expect(name).pdf().expect("written"));
        assert_eq!((millimetres(page.size.0), millimetres(page.size.1)), size, "{name}");
        let shown = ["老街坊便利店", Instruction::STORE.zh, Instruction::STORE.en, LINK, "邻里"];
        let letters: usize = shown.iter().map(|text| text.chars().filter(|char| *char != ' ').count()).sum();
        let spaces = Instruction::STORE.en.matches(' ').count();
        assert!(
            (letters..=letters + spaces).contains(&page.glyphs.len()),
            "{name}: {} glyphs",
            page.glyphs.len()
        );
        assert!(page.glyphs.iter().all(|glyph| *glyph != 0), "{name} has boxes");
        assert_eq!(page.images, 0, "{name}");
    }
}

#[test]
fn a_png_knows_how_large_it_is_on_paper() {
    let (_, drawing) = draw_all("店", LINK, None).swap_remove(0);
    let png = drawing.expect("drawn").png();
    let info = png::Decoder::new(std::io::Cursor::new(&png)).read_info().expect("a PNG");
    assert_eq!(info.info().size(), (2480, 3508));
    // 300 dots an inch are 11811 a metre.
    assert_eq!(info.info().pixel_dims.expect("said").xppu, 11_811);
}

#[test]
fn names_that_look_like_markup_are_only_names() {
    let plain = sheet("b").expect("drawn").png();
    for title in ["<b>&\"'", "]]><script>alert(1)</script>", "&amp;&#60;&lol;", "<!-- --", "{title}", "%s\\"]
    {
        let pages = draw_all(title, LINK, Some(title));
        assert!(pages.iter().all(|(_, drawing)| drawing.is_ok()), "{title}");
        let sheet = sheet(title).expect(title);
        assert_eq!(decode_png(&sheet.png()), LINK, "{title}");
        assert_eq!(decode_pdf(&sheet), LINK, "{title}");
        assert_ne!(sheet.png(), plain, "{title} is drawn as it stands");
    }
    assert_ne!(sheet("&lt;").expect("drawn").png(), sheet("<").expect("drawn").png());
}

#[test]
fn marks_that_turn_the_direction_never_reach_a_page() {
    for mark in ['\u{200E}', '\u{200F}', '\u{202A}', '\u{202E}', '\u{2066}', '\u{2069}', '\u{61C}'] {
        let title = format!("店{mark}gpj.exe");
        for (name, drawing) in
            draw_all(&title, LINK, None).into_iter().chain(draw_all("店", LINK, Some(&title)))
        {
            assert_eq!(drawing.expect_err(name).code, Code::BadCharacter, "{name}");
        }
        let link = format!("https://a.cn/{mark}moc");
        assert_eq!(draw_all("店", &link, None).swap_remove(2).1.expect_err("refused").code, Code::BadLink);
    }
}

#[test]
fn the_widest_texts_fit() {
    let link = format!("https://{}", "W".repeat(248));
    for title in [
        "店",
        &"店".repeat(64),
        &"W".repeat(64),
        &"i".repeat(64),
        &"a b ".repeat(16),
        "超长Supercalifragilisticexpialidocious",
    ] {
        for (name, drawing) in draw_all(title, &link, Some(title)) {
            assert!(drawing.is_ok(), "{name} of {title}: {drawing:?}");
        }
    }
    let instruction = Instruction { zh: &"扫".repeat(64), en: &"W".repeat(64) };
    let widest = Sheet { paper: Paper::A4, title: "店", instruction, link: LINK, footer: None };
    assert!(widest.draw(fonts()).is_ok());
}

#[test]
fn each_text_is_named_when_it_is_refused() {
    let long = "店".repeat(65);
    let refused = |zh, en, title, footer| {
        let sheet =
            Sheet { paper: Paper::A4, title, instruction: Instruction { zh, en }, link: LINK, footer };
        sheet.draw(fonts()).expect_err("refused").to_string()
    };
    assert!(refused("扫", "scan", &long, None).starts_with("text_length: the title has 65"));
    assert!(refused("扫", "scan", "\u{200D}", None).contains("the title has nothing that is drawn"));
    assert!(refused(&long, "scan", "店", None).contains("Chinese instruction"));
    assert!(refused("扫", "", "店", None).contains("English instruction"));
    assert!(refused("扫", "scan", "店", Some("")).contains("footer has 0"));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let again = Fonts::of_system().expect("there");
    let sheet = Sheet {
        paper: Paper::A6,
        title: "老街坊 Corner",
        instruction: Instruction::STORE,
        link: LINK,
        footer: Some("邻里"),
    };
    let (one, other) = (sheet.draw(fonts()).expect("drawn"), sheet.draw(&again).expect("drawn"));
    assert_eq!(one.png(), other.png());
    // What hashes in a random order would differ within a few times.
    let pdf = one.pdf().expect("written");
    for _ in 0..8 {
        assert_eq!(other.pdf().expect("written"), pdf);
    }
}
