//! Reads a multipart body part by part: texts are held, files go to their sinks, and what is wrong is noted.

use bytes::{Bytes, BytesMut};
use http::{Extensions, StatusCode};
use serde::de::DeserializeOwned;

use super::{
    boundary::boundary,
    content::{Watch, begins_as},
    disposition::Disposition,
    frames::Frames,
    held::{Received, holding},
    part::{Content, Stop},
    places::{Count, Holds, Place, place},
    receiver::Receiver,
    sink::Opening,
};
use crate::{
    gate::{Reason, Refusal, Request},
    input::{BodyBounds, BodyError, Incoming, body, object::AnyState},
    policy::{FileForm, MediaType, Shape},
    problem::Problem,
    rules::{Rule, TextRule, filename::Filename, standing::Standing},
    value::{
        Path, Report, Secure, Source, Surroundings,
        decode::parts::{Named, Part, explain_parts, from_parts},
        entrance::Entrance,
        refuse_here,
    },
};

/// More parts than this are refused, whatever they are.
const PARTS: usize = 1_024;

static FILENAME: Filename = Filename::new();

/// The body of the request, its files taken in, its texts decoded, cleaned and checked.
pub(super) async fn read<T: Secure + DeserializeOwned, S: AnyState>(request: &mut Request<'_, S>) -> Option<T> {
    let Some(boundary) = boundary(request.headers()) else { return request.refuse(wrong_type()) };
    let limit = request.body_bounds().bytes;
    let reading = Reading::new(T::shape(), request.extensions(), request.surroundings());
    match reading.run(request.body(), limit, boundary).await {
        Ok(reading) => match reading.finish(Entrance::of(request.surroundings(), &request.sender())) {
            Ok(value) => Some(value),
            Err(report) => request.report(report, Source::Body),
        },
        Err(stop) => request.refuse(stop.refusal()),
    }
}

/// The value that a body of nobody's holds, or what is wrong with it. Nothing when it is refused as a whole.
pub(crate) async fn from_body<T: Secure + DeserializeOwned>(
    body: &mut Incoming<'_>,
    boundary: String,
    limit: u64,
) -> Option<Result<T, Report>> {
    let extensions = Extensions::new();
    let reading = Reading::new(T::shape(), &extensions, Surroundings::NONE);
    reading.run(body, limit, boundary).await.ok().map(|reading| reading.finish(Entrance::OWN))
}

impl Stop {
    fn refusal(self) -> Refusal {
        match self {
            Self::Body(error) => error.refusal(),
            Self::Malformed => malformed(),
            Self::Outage => Refusal::unavailable(Reason::StoreOutage),
        }
    }
}

/// A body that is being read.
struct Reading<'e> {
    shape: Shape,
    extensions: &'e Extensions,
    members: Vec<Named>,
    /// The field that each of them is for.
    fields: Vec<Option<&'static str>>,
    files: Vec<Received>,
    /// How many bytes of texts may still come: files go to their sinks, and these are held.
    texts: u64,
    report: Report,
}

impl<'e> Reading<'e> {
    fn new(shape: Shape, extensions: &'e Extensions, surroundings: Surroundings) -> Self {
        let report = Report::in_surroundings(surroundings);
        let texts = BodyBounds::MOST;
        Self { shape, extensions, members: Vec::new(), fields: Vec::new(), files: Vec::new(), texts, report }
    }

    async fn run(mut self, body: &mut Incoming<'_>, limit: u64, boundary: String) -> Result<Self, Stop> {
        let (frames, progress) = Frames::new(&mut *body, limit);
        let mut parts = multer::Multipart::new(frames, boundary);
        let mut count = 0;
        while let Some(field) = parts.next_field().await? {
            progress.made();
            count += 1;
            if PARTS < count {
                return Err(Stop::Malformed);
            }
            self.part(Content { field, progress: &progress }).await?;
        }
        drop(parts);
        // What stands behind the last boundary is nothing, but counts.
        while let Some(bytes) = body::next(body).await.map_err(Stop::Body)? {
            progress.take(bytes.len()).map_err(Stop::Body)?;
        }
        Ok(self)
    }

    async fn part(&mut self, mut content: Content<'_, '_>) -> Result<(), Stop> {
        let Disposition { name, filename } = content.disposition().ok_or(Stop::Malformed)?;
        let Some(place) = place(self.shape, &name) else {
            content.skip().await?;
            self.push(None, name, Part::Text(String::new()));
            return Ok(());
        };
        let there = self.there(place);
        let part = match (place.count, place.holds, filename) {
            // A browser sends an empty part without a name for a file that nobody chose.
            (_, Holds::File(_), Some(filename)) if filename.is_empty() => {
                if content.head().await?.is_empty() {
                    return Ok(());
                }
                self.instead(content, place, there, &FILENAME).await?
            }
            // One more than there may be is enough to say so.
            (Count::One, ..) if 0 < there => content.skip().await.map(|()| Part::Explained)?,
            (Count::UpTo(most), ..) if most < there as u64 => return content.skip().await,
            (Count::UpTo(most), ..) if most == there as u64 => content.skip().await.map(|()| Part::Explained)?,
            (_, Holds::File(form), Some(filename)) => self.file(content, place, there, form, filename).await?,
            (_, Holds::File(_), None) => self.instead(content, place, there, &Standing::File).await?,
            (_, Holds::Text(_), Some(_)) => self.instead(content, place, there, &Standing::Text).await?,
            (_, Holds::Text(longest), None) => self.text(content, place, there, longest).await?,
        };
        self.keep(place, name, part);
        Ok(())
    }

    /// The member that holds what came for this place.
    fn at(&self, place: Place) -> Option<usize> {
        self.fields.iter().position(|field| *field == Some(place.name))
    }

    /// How many parts for this place there are already.
    fn there(&self, place: Place) -> usize {
        match self.at(place).and_then(|at| self.members.get(at)) {
            Some((_, Part::List(parts))) => parts.len(),
            Some((_, Part::Text(_) | Part::File(_) | Part::Explained)) => 1,
            None => 0,
        }
    }

    fn keep(&mut self, place: Place, name: String, part: Part) {
        match (place.count, self.at(place).and_then(|at| self.members.get_mut(at))) {
            (Count::UpTo(_), Some((_, Part::List(parts)))) => parts.push(part),
            (Count::UpTo(_), _) => self.push(Some(place.name), name, Part::List(vec![part])),
            (Count::One, _) => self.push(Some(place.name), name, part),
        }
    }

    fn push(&mut self, field: Option<&'static str>, name: String, part: Part) {
        self.fields.push(field);
        self.members.push((name, part));
    }

    fn refuse(&mut self, place: Place, index: usize, rule: &'static dyn Rule) {
        let root = Path::root();
        let field = root.field(place.name);
        match place.count {
            Count::One => refuse_here(&mut self.report, &field, rule),
            Count::UpTo(_) => refuse_here(&mut self.report, &field.index(index), rule),
        }
    }

    /// A part that is no such thing as its place holds.
    async fn instead(
        &mut self,
        mut content: Content<'_, '_>,
        place: Place,
        index: usize,
        rule: &'static dyn Rule,
    ) -> Result<Part, Stop> {
        self.refuse(place, index, rule);
        content.skip().await?;
        Ok(Part::Explained)
    }

    async fn text(
        &mut self,
        mut content: Content<'_, '_>,
        place: Place,
        index: usize,
        longest: u64,
    ) -> Result<Part, Stop> {
        if !content.is_plain_text() {
            return self.instead(content, place, index, &Standing::Text).await;
        }
        let mut text = BytesMut::new();
        while let Some(chunk) = content.next().await? {
            if longest < text.len() as u64 + chunk.len() as u64 {
                return self.instead(content, place, index, &Standing::TooLarge).await;
            }
            self.texts = self.texts.checked_sub(chunk.len() as u64).ok_or(Stop::Body(BodyError::TooLarge))?;
            text.extend_from_slice(&chunk);
        }
        let text = String::from_utf8(text.into()).map_err(|_| Stop::Malformed)?;
        if text.contains('\0') { Err(Stop::Malformed) } else { Ok(Part::Text(text)) }
    }

    /// A file that is what its place takes goes to its sink; one that is not is read over.
    async fn file(
        &mut self,
        mut content: Content<'_, '_>,
        place: Place,
        index: usize,
        form: &'static FileForm,
        name: String,
    ) -> Result<Part, Stop> {
        let before = self.report.len();
        if !TextRule::accepts(&FILENAME, &name) {
            self.refuse(place, index, &FILENAME);
        }
        let declared = content.media_type().and_then(|name| form.media_types().named(name));
        let head = content.head().await?;
        let Some(media_type) = declared.filter(|media_type| begins_as(media_type, &head)) else {
            return self.instead(content, place, index, form.media_types()).await;
        };
        if before < self.report.len() {
            content.skip().await?;
            return Ok(Part::Explained);
        }
        // Only `File<K>` makes a form, and its receiver.
        let Ok(receiver) = form.receiver().downcast::<Receiver>() else { return Err(Stop::Outage) };
        let opening = Opening { name: &name, media_type: media_type.name(), extensions: self.extensions };
        let taken = take_in(&mut content, *receiver, &opening, form, media_type, head).await?;
        match taken {
            Ok((receiver, size)) => {
                let file = receiver.finish(name.into_boxed_str(), media_type, size).ok_or(Stop::Outage)?;
                self.files.push(file);
                Ok(Part::File(self.files.len() as u64 - 1))
            }
            Err(rule) => self.instead(content, place, index, rule).await,
        }
    }

    /// The value, once all parts are there.
    fn finish<T: Secure + DeserializeOwned>(self, entrance: Entrance<'_>) -> Result<T, Report> {
        let Self { members, files, mut report, .. } = self;
        if report.is_empty() && !members.iter().any(|(_, part)| part.is_explained()) {
            return holding(files, || from_parts(&members, entrance));
        }
        report.hide_sensitive(T::shape());
        report.append(explain_parts::<T>(&members, entrance.surroundings()));
        Err(report)
    }
}

/// Writes a file to its sink, or says the rule that it breaks. What was written then is dropped with the sink.
async fn take_in(
    content: &mut Content<'_, '_>,
    mut receiver: Receiver,
    opening: &Opening<'_>,
    form: &'static FileForm,
    media_type: &MediaType,
    head: Bytes,
) -> Result<Result<(Receiver, u64), &'static dyn Rule>, Stop> {
    let (mut size, mut watch) = (0_u64, Watch::over(media_type));
    let mut chunk = head;
    receiver.open(opening).await?;
    loop {
        size = size.saturating_add(chunk.len() as u64);
        if form.size().longest() < size {
            return Ok(Err(form.size()));
        }
        if !watch.goes_on(&chunk) {
            return Ok(Err(form.media_types()));
        }
        receiver.write(chunk).await?;
        match content.next().await? {
            Some(next) => chunk = next,
            None if watch.may_end() => return Ok(Ok((receiver, size))),
            None => return Ok(Err(form.media_types())),
        }
    }
}

fn wrong_type() -> Refusal {
    Refusal::new(
        Reason::ContentType,
        Problem::fixed(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "urn:palisade:problem:content-type",
            "the body must be `multipart/form-data` with a boundary, not compressed",
        ),
    )
}

fn malformed() -> Refusal {
    Refusal::new(
        Reason::Malformed,
        Problem::fixed(
            StatusCode::BAD_REQUEST,
            "urn:palisade:problem:malformed",
            "the body is not `multipart/form-data` whose texts are UTF-8",
        ),
    )
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use crate::{input::hostile::read_multipart, prelude::Secure};

    #[derive(Debug, Deserialize, Secure)]
    #[serde(deny_unknown_fields)]
    struct Notes {
        #[secure(length(max = 30), each(length(max = 1_000_000)))]
        notes: Vec<String>,
    }

    #[tokio::test]
    async fn texts_are_not_held_beyond_what_any_body_is() {
        let part = format!("--B\r\ncontent-disposition: form-data; name=notes\r\n\r\n{}\r\n", "n".repeat(1_000_000));
        for (count, accepted) in [(16, Some(16)), (17, None)] {
            let pieces = std::iter::repeat_n(part.clone(), count).chain(["--B--\r\n".to_owned()]).map(Into::into);
            let read = read_multipart::<Notes>("B", pieces.collect()).await;
            assert_eq!(read.map(|notes| notes.unwrap().notes.len()), accepted, "{count}");
        }
    }
}
