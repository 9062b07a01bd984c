//! Uploaded pictures, drawn anew: photos, which anybody may see who knows their name, and documents, which are sealed for
//! whoever brought them. A name is a hash of what it names, so the same upload is kept once. What nothing uses is taken away
//! after a week. Must not be added here: who may see a document.

use crate::app::App;
use crate::problem::{Code, Problem};
use linli_journal::files::{FileStore, is_file_name};
use linli_sheets::{Encoded, Media, Picture};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Bytes of an upload, as [`Picture`] takes them.
pub const UPLOAD_BYTES: usize = 10_000_000;

/// Seconds after which what nothing uses is taken away.
const UNUSED_SECONDS: i64 = 7 * 86_400;

/// What stands before the bytes of each kind of file, with the form of all of them.
const PHOTO: u8 = 1;
const DOCUMENT: u8 = 2;

/// The files, and who draws them.
pub struct Files {
    store: Arc<dyn FileStore>,
    /// A picture takes much memory while it is drawn: one after the other.
    drawing: Semaphore,
}

/// A photo.
pub struct Photo {
    pub media: Media,
    pub bytes: Vec<u8>,
}

/// A document as it is kept.
pub struct Document {
    pub member: String,
    sealed: Vec<u8>,
}

impl Files {
    pub fn new(store: Arc<dyn FileStore>) -> Self {
        Self { store, drawing: Semaphore::new(1) }
    }

    /// Keeps a photo and its thumbnail; gives its name.
    pub async fn keep_photo(&self, now: i64, upload: Vec<u8>) -> Result<String, Problem> {
        let (full, thumbnail) = self.draw(upload).await?;
        let photo = photo_bytes(&full);
        let name = blake3::hash(&photo).to_hex().to_string();
        let (small, small_name) = (photo_bytes(&thumbnail), thumbnail_name(&name));
        let kept = name.clone();
        self.with(move |store| {
            store.keep(&small_name, &small, now)?;
            store.keep(&kept, &photo, now)
        })
        .await?;
        Ok(name)
    }

    /// Keeps a document of a member, sealed; gives its name, which is the same for the same document of the same member.
    pub async fn keep_document(&self, app: &App, member: &str, upload: Vec<u8>) -> Result<String, Problem> {
        let (full, _) = self.draw(upload).await?;
        let plain = photo_bytes(&full);
        let person = format!("member:{member}");
        let digest = app.secrets.digest(person.clone(), "document", plain.clone()).await?;
        let name = blake3::Hash::from_bytes(digest).to_hex().to_string();
        let sealed = app.secrets.seal(person, "document", plain).await?;
        let length = u8::try_from(member.len()).map_err(|_| Problem::internal())?;
        let bytes = [&[DOCUMENT, length], member.as_bytes(), &sealed].concat();
        let (kept, now) = (name.clone(), (app.clock)());
        self.with(move |store| store.keep(&kept, &bytes, now)).await?;
        Ok(name)
    }

    /// A photo, or its thumbnail.
    pub async fn photo(&self, name: &str) -> Result<Photo, Problem> {
        match self.read(name).await?.split_first() {
            Some((&PHOTO, photo)) => read_photo(photo).ok_or_else(|| damaged(name)),
            _ => Err(unknown(name)),
        }
    }

    /// A document; whoever asks for it must be allowed to see it.
    pub async fn document(&self, name: &str) -> Result<Document, Problem> {
        let file = self.read(name).await?;
        let Some((&DOCUMENT, rest)) = file.split_first() else { return Err(unknown(name)) };
        let read = || {
            let (length, rest) = rest.split_first()?;
            let (member, sealed) = rest.split_at_checked(usize::from(*length))?;
            Some(Document { member: String::from_utf8(member.to_vec()).ok()?, sealed: sealed.to_vec() })
        };
        read().ok_or_else(|| damaged(name))
    }

    /// Makes sure that photos are there, and stay there for a while.
    pub async fn need_photos(&self, now: i64, names: &[String]) -> Result<(), Problem> {
        for name in names {
            self.photo(name).await?;
            let (name, small) = (name.clone(), thumbnail_name(name));
            self.with(move |store| Ok(store.touch(&name, now)? && store.touch(&small, now)?)).await?;
        }
        Ok(())
    }

    /// Makes sure that a member has uploaded these documents, and that they stay for a while.
    pub async fn need_documents(&self, now: i64, member: &str, names: &[String]) -> Result<(), Problem> {
        for name in names {
            if self.document(name).await?.member != member {
                return Err(unknown(name));
            }
            let name = name.clone();
            self.with(move |store| store.touch(&name, now)).await?;
        }
        Ok(())
    }

    async fn read(&self, name: &str) -> Result<Vec<u8>, Problem> {
        if !is_file_name(name) {
            return Err(unknown(name));
        }
        let wanted = name.to_string();
        let found = self.with(move |store| store.read(&wanted)).await?;
        found.ok_or_else(|| unknown(name))
    }

    async fn draw(&self, upload: Vec<u8>) -> Result<(Encoded, Encoded), Problem> {
        let _turn = self.drawing.acquire().await.expect("it is never closed");
        let drawn = tokio::task::spawn_blocking(move || {
            let picture = Picture::read(&upload)?;
            Ok((picture.full(), picture.thumbnail()))
        });
        let drawn = drawn.await.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()));
        drawn.map_err(|refusal: linli_sheets::Refusal| Problem::new(Code::BadPicture, refusal.to_string()))
    }

    async fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&dyn FileStore) -> Result<T, linli_journal::Fault> + Send + 'static,
    ) -> Result<T, Problem> {
        let store = self.store.clone();
        let worked = tokio::task::spawn_blocking(move || work(&*store));
        let worked = worked.await.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()));
        worked.map_err(|fault| {
            tracing::error!(%fault, "the files");
            Problem::new(Code::NotReady, "files cannot be used; the cause is in the log")
        })
    }
}

impl Document {
    /// The picture, unless its owner was forgotten.
    pub async fn open(self, app: &App) -> Result<Photo, Problem> {
        let gone = || Problem::new(Code::UnknownFile, "the document was deleted");
        let person = format!("member:{}", self.member);
        let opened = app.secrets.open(person, "document", self.sealed).await?.ok_or_else(gone)?;
        opened.split_first().and_then(|(_, photo)| read_photo(photo)).ok_or_else(Problem::internal)
    }
}

/// Takes away what nothing has used for a week; gives how many files those were.
pub async fn sweep(app: &App) -> Result<usize, Problem> {
    let since = (app.clock)() - UNUSED_SECONDS;
    let untouched = app.files.with(move |store| store.untouched_since(since)).await?;
    let unused: Vec<String> = app.look(|replica| {
        let platform = replica.platform();
        let documents = platform.store_applications.documents();
        let applied = platform.store_applications.all().filter(|(_, one)| one.is_open());
        let drafted = applied.flat_map(|(_, one)| one.form.page.photos.iter().map(String::as_str));
        let shown = platform.storefronts.photos().into_iter().chain(drafted).chain(platform.mall.pictures());
        let photos = shown.flat_map(|name| [name.to_string(), thumbnail_name(name)]);
        let used: std::collections::BTreeSet<String> =
            photos.chain(documents.into_iter().map(String::from)).collect();
        untouched.into_iter().filter(|name| !used.contains(name)).collect()
    })?;
    let count = unused.len();
    app.files
        .with(move |store| unused.iter().try_for_each(|name| store.remove_untouched(name, since)))
        .await?;
    Ok(count)
}

/// The name of a photo's thumbnail.
pub fn thumbnail_name(name: &str) -> String {
    blake3::hash(format!("thumbnail of {name}").as_bytes()).to_hex().to_string()
}

fn photo_bytes(encoded: &Encoded) -> Vec<u8> {
    let media = match encoded.media {
        Media::Jpeg => 1,
        Media::Png => 2,
    };
    [&[PHOTO, media], &encoded.bytes[..]].concat()
}

fn read_photo(bytes: &[u8]) -> Option<Photo> {
    let (media, bytes) = bytes.split_first()?;
    let media = match media {
        1 => Media::Jpeg,
        2 => Media::Png,
        _ => return None,
    };
    Some(Photo { media, bytes: bytes.to_vec() })
}

fn unknown(name: &str) -> Problem {
    Problem::new(Code::UnknownFile, format!("there is no file {name:.64}"))
}

fn damaged(name: &str) -> Problem {
    tracing::error!(name, "a file is not as it was written");
    Problem::internal()
}
