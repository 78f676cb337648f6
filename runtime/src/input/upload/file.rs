//! A file in an upload, and what it may be.

use std::{any::Any, borrow::Cow, fmt, marker::PhantomData};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{Deserialize, Deserializer, Error, Visitor};

use super::{Sink, receiver::receiver, take};
use crate::{
    policy::{FileForm, Kind, MediaType, Shape},
    value::{Value, decode::spelled::FILE},
};

/// What files may be, and where they go. Implement it for a type of yours that stands for them, and write `File<It>`.
pub trait FileType: Send + Sync + 'static {
    /// The most bytes that one may have.
    const LONGEST: u64;

    /// The media types that one may be of: the part says which, and the content has to agree.
    const MEDIA_TYPES: &'static [MediaType];

    /// Where it goes while it comes.
    type Sink: Sink;
}

/// A file that was taken in: its name is safe, its size and media type are what `K` declares, and all of it was written to
/// the sink.
pub struct File<K: FileType> {
    name: Box<str>,
    media_type: &'static MediaType,
    size: u64,
    sink: K::Sink,
    kind: PhantomData<fn() -> K>,
}

impl<K: FileType> File<K> {
    pub(super) fn new(name: Box<str>, media_type: &'static MediaType, size: u64, sink: K::Sink) -> Self {
        Self { name, media_type, size, sink, kind: PhantomData }
    }

    /// The name that its sender gave it, which satisfies [`filename`](crate::rules::filename). Two senders may give the same.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its media type, like `image/png`.
    #[must_use]
    pub fn media_type(&self) -> &'static str {
        self.media_type.name()
    }

    /// How many bytes it has.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// What it was written to.
    #[must_use]
    pub fn sink(&self) -> &K::Sink {
        &self.sink
    }

    /// What it was written to, to be kept: a sink that is dropped undoes what it did.
    #[must_use]
    pub fn into_sink(self) -> K::Sink {
        self.sink
    }
}

impl<K: FileType> fmt::Debug for File<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("File").field("media_type", &self.media_type()).field("size", &self.size).finish_non_exhaustive()
    }
}

impl<K: FileType> Value for File<K> {
    /// It bounds itself.
    const KIND: Kind = {
        // Evaluated where the field is declared, so that a kind no file could be of is refused there.
        let _: &FileForm = Self::FORM;
        Kind::Object
    };
    const IS_PLAIN: bool = true;

    fn shape() -> Shape {
        Shape::File(Self::FORM)
    }
}

impl<K: FileType> File<K> {
    const FORM: &'static FileForm =
        &FileForm::new(K::LONGEST, K::MEDIA_TYPES, || -> Box<dyn Any + Send> { Box::new(receiver::<K>()) });
}

impl<'de, K: FileType> Deserialize<'de> for File<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(FILE, Taken(PhantomData))
    }
}

struct Taken<K>(PhantomData<fn() -> K>);

impl<K: FileType> Visitor<'_> for Taken<K> {
    type Value = File<K>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a file of a multipart body")
    }

    fn visit_u64<E: Error>(self, index: u64) -> Result<File<K>, E> {
        take(index).ok_or_else(|| E::custom("no file"))
    }
}

impl<K: FileType> JsonSchema for File<K> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "File".into()
    }

    fn json_schema(_generator: &mut SchemaGenerator) -> Schema {
        let mut schema = schemars::json_schema!({
            "type": "string",
            "format": "binary",
            "description": format!("A file of at most {} bytes.", K::LONGEST),
        });
        if let [only] = K::MEDIA_TYPES {
            schema.insert("contentMediaType".to_owned(), only.name().into());
        }
        schema
    }
}
