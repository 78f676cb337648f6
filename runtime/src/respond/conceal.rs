//! A serializer around another that leaves out what is hidden and masks what is masked. Where nothing is marked, the other
//! one writes by itself.

use std::fmt;

use serde::{
    Serialize, Serializer,
    ser::{
        Error, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
        SerializeTupleStruct, SerializeTupleVariant,
    },
};

use crate::value::marks::{Mark, Marks};

/// A value of which some is hidden or masked.
pub(super) struct Concealed<'a, T: ?Sized> {
    value: &'a T,
    marks: &'a Marks,
}

impl<'a, T: ?Sized> Concealed<'a, T> {
    pub(super) const fn new(value: &'a T, marks: &'a Marks) -> Self {
        Self { value, marks }
    }
}

impl<T: Serialize + ?Sized> Serialize for Concealed<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.marks.meet() {
            None => self.value.serialize(Conceal { inner: serializer, marks: self.marks, masking: None }),
            Some(Mark::Masked(masking)) => {
                self.value.serialize(Conceal { inner: serializer, marks: self.marks, masking: Some(masking) })
            }
            // What has no name cannot be left out.
            Some(Mark::Hidden) => Err(misplaced()),
        }
    }
}

/// The serializer of a value with marks.
struct Conceal<'a, S> {
    inner: S,
    marks: &'a Marks,
    masking: Option<crate::policy::Masking>,
}

/// Never shown: the answer becomes a problem.
fn misplaced<E: Error>() -> E {
    E::custom("a mark stands where nothing can be left out or masked")
}

impl<S: Serializer> Conceal<'_, S> {
    /// The serializer for what is no text, and so cannot be masked.
    fn unmasked(self) -> Result<S, S::Error> {
        if self.masking.is_some() { Err(misplaced()) } else { Ok(self.inner) }
    }
}

macro_rules! scalars {
    ($($method:ident: $ty:ty),+ $(,)?) => {
        $(fn $method(self, value: $ty) -> Result<S::Ok, S::Error> {
            self.unmasked()?.$method(value)
        })+
    };
}

impl<'a, S: Serializer> Serializer for Conceal<'a, S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Positions<'a, S::SerializeSeq>;
    type SerializeTuple = Positions<'a, S::SerializeTuple>;
    type SerializeTupleStruct = Positions<'a, S::SerializeTupleStruct>;
    type SerializeTupleVariant = Positions<'a, S::SerializeTupleVariant>;
    type SerializeMap = Names<'a, S::SerializeMap>;
    type SerializeStruct = Names<'a, S::SerializeStruct>;
    type SerializeStructVariant = Names<'a, S::SerializeStructVariant>;

    scalars! {
        serialize_bool: bool,
        serialize_i8: i8,
        serialize_i16: i16,
        serialize_i32: i32,
        serialize_i64: i64,
        serialize_i128: i128,
        serialize_u8: u8,
        serialize_u16: u16,
        serialize_u32: u32,
        serialize_u64: u64,
        serialize_u128: u128,
        serialize_f32: f32,
        serialize_f64: f64,
        serialize_char: char,
        serialize_bytes: &[u8],
    }

    fn serialize_str(self, text: &str) -> Result<S::Ok, S::Error> {
        match self.masking {
            Some(masking) => self.inner.serialize_str(&masking.mask(text)),
            None => self.inner.serialize_str(text),
        }
    }

    fn collect_str<T: fmt::Display + ?Sized>(self, text: &T) -> Result<S::Ok, S::Error> {
        match self.masking {
            Some(masking) => self.inner.serialize_str(&masking.mask(&text.to_string())),
            None => self.inner.collect_str(text),
        }
    }

    fn serialize_none(self) -> Result<S::Ok, S::Error> {
        self.inner.serialize_none()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        self.inner.serialize_some(&Concealed::new(value, self.marks))
    }

    fn serialize_unit(self) -> Result<S::Ok, S::Error> {
        self.inner.serialize_unit()
    }

    fn serialize_unit_struct(self, name: &'static str) -> Result<S::Ok, S::Error> {
        self.inner.serialize_unit_struct(name)
    }

    fn serialize_unit_variant(self, name: &'static str, index: u32, variant: &'static str) -> Result<S::Ok, S::Error> {
        self.unmasked()?.serialize_unit_variant(name, index, variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Result<S::Ok, S::Error> {
        self.inner.serialize_newtype_struct(name, &Concealed::new(value, self.marks))
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        let marks = self.marks.named(variant);
        let inner = self.unmasked()?;
        match marks {
            None => inner.serialize_newtype_variant(name, index, variant, value),
            Some(marks) => inner.serialize_newtype_variant(name, index, variant, &Concealed::new(value, marks)),
        }
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Self::SerializeSeq, S::Error> {
        let marks = self.marks;
        Ok(Positions { inner: self.unmasked()?.serialize_seq(length)?, marks: Some(marks), position: 0 })
    }

    fn serialize_tuple(self, length: usize) -> Result<Self::SerializeTuple, S::Error> {
        let marks = self.marks;
        Ok(Positions { inner: self.unmasked()?.serialize_tuple(length)?, marks: Some(marks), position: 0 })
    }

    fn serialize_tuple_struct(self, name: &'static str, length: usize) -> Result<Self::SerializeTupleStruct, S::Error> {
        let marks = self.marks;
        Ok(Positions { inner: self.unmasked()?.serialize_tuple_struct(name, length)?, marks: Some(marks), position: 0 })
    }

    fn serialize_tuple_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Self::SerializeTupleVariant, S::Error> {
        let marks = content(self.marks, variant)?;
        let inner = self.unmasked()?.serialize_tuple_variant(name, index, variant, length)?;
        Ok(Positions { inner, marks, position: 0 })
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Self::SerializeMap, S::Error> {
        let marks = self.marks;
        Ok(Names { inner: self.unmasked()?.serialize_map(length)?, marks: Some(marks), next: Next::Plain })
    }

    fn serialize_struct(self, name: &'static str, length: usize) -> Result<Self::SerializeStruct, S::Error> {
        let marks = self.marks;
        Ok(Names { inner: self.unmasked()?.serialize_struct(name, length)?, marks: Some(marks), next: Next::Plain })
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Self::SerializeStructVariant, S::Error> {
        let marks = content(self.marks, variant)?;
        let inner = self.unmasked()?.serialize_struct_variant(name, index, variant, length)?;
        Ok(Names { inner, marks, next: Next::Plain })
    }

    fn is_human_readable(&self) -> bool {
        self.inner.is_human_readable()
    }
}

/// The marks in the content of a variant, which is there and no text.
fn content<'a, E: Error>(marks: &'a Marks, variant: &str) -> Result<Option<&'a Marks>, E> {
    let content = marks.named(variant);
    match content.and_then(Marks::meet) {
        None => Ok(content),
        Some(_) => Err(misplaced()),
    }
}

/// A list of which some items have marks.
struct Positions<'a, L> {
    inner: L,
    marks: Option<&'a Marks>,
    position: usize,
}

impl<'a, L> Positions<'a, L> {
    fn next(&mut self) -> Option<&'a Marks> {
        let marks = self.marks.and_then(|marks| marks.at(self.position));
        self.position += 1;
        marks
    }
}

macro_rules! positions {
    ($($list:ident: $method:ident),+ $(,)?) => {
        $(impl<L: $list> $list for Positions<'_, L> {
            type Ok = L::Ok;
            type Error = L::Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), L::Error> {
                match self.next() {
                    None => self.inner.$method(value),
                    Some(marks) => self.inner.$method(&Concealed::new(value, marks)),
                }
            }

            fn end(self) -> Result<L::Ok, L::Error> {
                self.inner.end()
            }
        })+
    };
}
positions! {
    SerializeSeq: serialize_element,
    SerializeTuple: serialize_element,
    SerializeTupleStruct: serialize_field,
    SerializeTupleVariant: serialize_field,
}

/// An object of which some members have marks.
struct Names<'a, O> {
    inner: O,
    marks: Option<&'a Marks>,
    next: Next<'a>,
}

/// What becomes of the value that follows a key.
#[derive(Clone, Copy)]
enum Next<'a> {
    Plain,
    Hidden,
    Marked(&'a Marks),
}

impl<'a, O> Names<'a, O> {
    fn find(&self, name: &str) -> Next<'a> {
        match self.marks.and_then(|marks| marks.named(name)) {
            None => Next::Plain,
            // Only what is left out is met here: the rest is where it is written.
            Some(marks) if marks.is_hidden() => {
                let _ = marks.meet();
                Next::Hidden
            }
            Some(marks) => Next::Marked(marks),
        }
    }
}

macro_rules! members {
    ($($object:ident),+) => {
        $(impl<O: $object> $object for Names<'_, O> {
            type Ok = O::Ok;
            type Error = O::Error;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), O::Error> {
                match self.find(name) {
                    Next::Plain => self.inner.serialize_field(name, value),
                    Next::Hidden => self.inner.skip_field(name),
                    Next::Marked(marks) => self.inner.serialize_field(name, &Concealed::new(value, marks)),
                }
            }

            fn skip_field(&mut self, name: &'static str) -> Result<(), O::Error> {
                self.inner.skip_field(name)
            }

            fn end(self) -> Result<O::Ok, O::Error> {
                self.inner.end()
            }
        })+
    };
}
members!(SerializeStruct, SerializeStructVariant);

impl<O: SerializeMap> SerializeMap for Names<'_, O> {
    type Ok = O::Ok;
    type Error = O::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), O::Error> {
        self.next = self.find(&spelled(key)?);
        match self.next {
            Next::Hidden => Ok(()),
            Next::Plain | Next::Marked(_) => self.inner.serialize_key(key),
        }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), O::Error> {
        match self.next {
            Next::Plain => self.inner.serialize_value(value),
            Next::Hidden => Ok(()),
            Next::Marked(marks) => self.inner.serialize_value(&Concealed::new(value, marks)),
        }
    }

    fn end(self) -> Result<O::Ok, O::Error> {
        self.inner.end()
    }
}

/// A key as JSON spells it. Serde writes scalars to a formatter as it writes them as keys.
fn spelled<T: Serialize + ?Sized, E: Error>(key: &T) -> Result<String, E> {
    struct Spelled<'a, T: ?Sized>(&'a T);

    impl<T: Serialize + ?Sized> fmt::Display for Spelled<'_, T> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            self.0.serialize(f)
        }
    }

    let mut text = String::new();
    fmt::write(&mut text, format_args!("{}", Spelled(key))).map_err(|_| misplaced())?;
    Ok(text)
}

#[cfg(test)]
mod tests;
