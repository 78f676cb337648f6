//! `Multipart<T>`: texts and files in one body (RFC 7578), each declared, looked at as it comes, and never whole in memory.

mod boundary;
mod content;
mod disposition;
mod file;
mod frames;
mod held;
mod part;
mod places;
mod read;
mod receiver;
mod sink;

use std::any::Any;

use serde::de::DeserializeOwned;

pub use file::{File, FileType};
use held::take;
pub(super) use read::from_body;
pub use sink::{Opening, Sink, TemporaryFile};

use super::{Argument, BodyBounds, Extract, object::AnyState};
use crate::{
    gate::Request,
    openapi::Operation,
    value::{Input, declared},
};

/// A body of `multipart/form-data`, as a type that derives [`Secure`](macro@crate::Secure).
///
/// Each part is a field: a text as in a form, or a [`File`]. What a file may be, its declaration says ([`FileType`]): how
/// many bytes, of which media types; that its name is a safe one ([`filename`](crate::rules::filename)) needs no saying.
/// Files go to their [`Sink`] as they come; texts are held, and bounded by their own rules. A part that the type does
/// not have, or has once, is refused; so is the whole request when one part is, with everything that is wrong in one report.
/// A list of files, `Vec<File<..>>` with `length(max = ..)`, is as many parts of one name.
///
/// ```
/// use palisade::{input::upload::{File, FileType, TemporaryFile}, policy::MediaType, prelude::*};
///
/// /// A picture of a product.
/// struct Picture;
///
/// impl FileType for Picture {
///     const LONGEST: u64 = 5 * 1024 * 1024;
///     const MEDIA_TYPES: &'static [MediaType] = &[MediaType::PNG, MediaType::JPEG];
///     type Sink = TemporaryFile;
/// }
///
/// #[derive(serde::Deserialize, Secure)]
/// #[serde(deny_unknown_fields)]
/// struct NewPicture {
///     #[secure(trim, length(min = 1, max = 80))]
///     title: String,
///     picture: File<Picture>,
/// }
///
/// #[secure(post = "/pictures", auth = "oauth2", rate = "60/min per caller")]
/// async fn add_picture(Multipart(new): Multipart<NewPicture>) -> NoContent {
///     assert!(new.title.len() <= 4 * 80 && new.picture.size() <= Picture::LONGEST);
///     assert!(new.picture.media_type() == "image/png" || new.picture.media_type() == "image/jpeg");
///     NoContent
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Multipart<T>(pub T);

impl<T: Input + DeserializeOwned, E> Argument<E> for Multipart<T> {
    const DECLARED: () = declared(T::FIELDS);

    fn document(operation: &mut Operation) {
        operation.multipart_body::<T>();
    }

    fn longest() -> BodyBounds {
        BodyBounds::of_multipart(T::shape())
    }
}

impl<T: Input + DeserializeOwned + Send, S: AnyState, E> Extract<S, E> for Multipart<T> {
    async fn extract(request: &mut Request<'_, S>, _objects: &mut [&mut (dyn Any + Send)]) -> Option<Self> {
        read::read(request).await.map(Self)
    }
}
