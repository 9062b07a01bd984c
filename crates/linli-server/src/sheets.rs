//! What people print: codes, sheets and posters, drawn here and kept at hand by what stands on them, so that the same is
//! drawn once. Must not be added here: what a link means.

use crate::problem::{Code, Problem};
use linli_sheets::{Drawing, Fonts, Instruction, Paper, Poster, Qr, Sheet};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tokio::sync::Semaphore;

/// Bytes of drawn files that are kept at hand.
const MOST_BYTES: usize = 24 << 20;

/// What can be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    QrSvg,
    QrPng,
    SheetPdf(Paper),
    SheetPng(Paper),
    PosterPng,
    PosterPdf,
}

/// What stands on it.
pub struct Printed {
    pub title: String,
    pub instruction: Instruction<'static>,
    pub link: String,
}

/// A file that was drawn, and by what it is known.
#[derive(Clone)]
pub struct Drawn {
    pub digest: String,
    pub bytes: Arc<Vec<u8>>,
}

/// Who draws.
pub struct Sheets {
    /// Looked for when something is drawn first.
    fonts: OnceLock<Result<Fonts, String>>,
    /// A sheet takes a while and much memory: one after the other.
    drawing: Semaphore,
    /// The latest ones.
    kept: Mutex<VecDeque<Drawn>>,
}

impl Form {
    /// Every form by the name of its file.
    pub const ALL: [(&str, Self); 8] = [
        ("qr.svg", Self::QrSvg),
        ("qr.png", Self::QrPng),
        ("sheet-a4.pdf", Self::SheetPdf(Paper::A4)),
        ("sheet-a4.png", Self::SheetPng(Paper::A4)),
        ("sheet-a6.pdf", Self::SheetPdf(Paper::A6)),
        ("sheet-a6.png", Self::SheetPng(Paper::A6)),
        ("poster.png", Self::PosterPng),
        ("poster.pdf", Self::PosterPdf),
    ];

    /// The form of this file.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, form)| form)
    }

    /// As `Content-Type` says it.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::QrSvg => "image/svg+xml",
            Self::QrPng | Self::SheetPng(_) | Self::PosterPng => "image/png",
            Self::SheetPdf(_) | Self::PosterPdf => "application/pdf",
        }
    }
}

impl Printed {
    /// By what a drawn file is known: by all that stands on it.
    pub fn digest(&self, form: Form) -> String {
        let Self { title, instruction, link } = self;
        let fields = [&format!("1 {form:?}"), title.as_str(), instruction.zh, instruction.en, link.as_str()];
        let mut hasher = blake3::Hasher::new();
        for field in fields {
            hasher.update(&field.len().to_le_bytes()).update(field.as_bytes());
        }
        hasher.finalize().to_hex()[..32].to_string()
    }

    /// Draws; only what has letters needs fonts.
    fn draw<'f>(
        &self,
        form: Form,
        fonts: impl Fn() -> Result<&'f Fonts, Problem>,
    ) -> Result<Vec<u8>, Problem> {
        let Self { title, instruction, link } = self;
        let (title, instruction, link) = (title.as_str(), *instruction, link.as_str());
        let sheet =
            |paper| Sheet { paper, title, instruction, link, footer: None }.draw(fonts()?).map_err(refused);
        let poster = || Poster { title, instruction, link, footer: None }.draw(fonts()?).map_err(refused);
        Ok(match form {
            Form::QrSvg => Qr::new(link).map_err(refused)?.svg().into_bytes(),
            Form::QrPng => Qr::new(link).map_err(refused)?.png(),
            Form::SheetPng(paper) => sheet(paper)?.png(),
            Form::SheetPdf(paper) => pdf(&sheet(paper)?)?,
            Form::PosterPng => poster()?.png(),
            Form::PosterPdf => pdf(&poster()?)?,
        })
    }
}

fn refused(linli_sheets::Refusal { code, message }: linli_sheets::Refusal) -> Problem {
    Problem::new(Code::NotDrawable, format!("{}: {message}", code.name()))
}

fn pdf(drawing: &Drawing) -> Result<Vec<u8>, Problem> {
    drawing.pdf().map_err(|fault| {
        tracing::error!(%fault, "a sheet");
        Problem::internal()
    })
}

impl Sheets {
    pub fn new() -> Self {
        Self { fonts: OnceLock::new(), drawing: Semaphore::new(1), kept: Mutex::default() }
    }

    /// Draws, or finds what was drawn before.
    pub async fn draw(self: &Arc<Self>, form: Form, printed: Printed) -> Result<Drawn, Problem> {
        let digest = printed.digest(form);
        if let Some(drawn) = self.find(&digest) {
            return Ok(drawn);
        }
        let _turn = self.drawing.acquire().await.expect("it is never closed");
        // Somebody may have drawn it meanwhile.
        if let Some(drawn) = self.find(&digest) {
            return Ok(drawn);
        }
        let sheets = self.clone();
        let drawing = tokio::task::spawn_blocking(move || {
            printed.draw(form, || {
                let found = sheets.fonts.get_or_init(|| Fonts::of_system().map_err(|none| none.to_string()));
                found.as_ref().map_err(|none| Problem::new(Code::NotReady, none))
            })
        });
        let bytes = drawing.await.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()))?;
        let drawn = Drawn { digest, bytes: Arc::new(bytes) };
        self.keep(drawn.clone());
        Ok(drawn)
    }

    fn find(&self, digest: &str) -> Option<Drawn> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|drawn| drawn.digest == digest).cloned()
    }

    fn keep(&self, drawn: Drawn) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_back(drawn);
        while kept.iter().map(|drawn| drawn.bytes.len()).sum::<usize>() > MOST_BYTES {
            kept.pop_front();
        }
    }
}
