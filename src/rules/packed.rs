//! Data packed for a quick start: it stays where it lies in the program, and is unpacked when first used.

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::sync::OnceLock;

/// Numbers, stored as four bytes each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbers(Cow<'static, [u8]>);

/// Some of a list of numbers that lie next to each other, in the order of their bytes.
#[derive(Clone, Copy, Debug)]
pub struct Run<'n>(&'n [[u8; 4]]);

impl Numbers {
    /// All of them.
    #[must_use]
    pub fn all(&self) -> Run<'_> {
        Run(self.0.as_chunks().0)
    }

    /// Those from `start` to before `end`.
    #[must_use]
    pub fn between(&self, start: usize, end: usize) -> Run<'_> {
        Run(&self.all().0[start..end])
    }

    /// The one at `at`.
    #[must_use]
    pub fn at(&self, at: usize) -> u32 {
        u32::from_le_bytes(self.all().0[at])
    }
}

impl<'n> Run<'n> {
    /// How many there are.
    #[must_use]
    pub fn len(self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// Each in turn.
    pub fn iter(self) -> impl Iterator<Item = u32> + 'n {
        self.0.iter().map(|number| u32::from_le_bytes(*number))
    }

    /// Each pair in turn.
    pub fn pairs(self) -> impl Iterator<Item = (u32, u32)> + 'n {
        let pairs = self.0.as_chunks::<2>().0.iter();
        pairs.map(|[first, second]| (u32::from_le_bytes(*first), u32::from_le_bytes(*second)))
    }

    /// Whether `number` is among them, which are sorted.
    #[must_use]
    pub fn has(self, number: u32) -> bool {
        self.0.binary_search_by(|other| u32::from_le_bytes(*other).cmp(&number)).is_ok()
    }
}

impl From<Vec<u32>> for Numbers {
    fn from(numbers: Vec<u32>) -> Self {
        Self(numbers.into_iter().flat_map(u32::to_le_bytes).collect())
    }
}

impl Serialize for Numbers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de: 'static> Deserialize<'de> for Numbers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(Cow::Borrowed(deserializer.deserialize_bytes(Borrowed)?)))
    }
}

/// A value that is unpacked when it is first asked for: most are never.
#[derive(Clone, Debug)]
pub struct Packed<T> {
    bytes: Cow<'static, [u8]>,
    value: OnceLock<Box<T>>,
}

impl<T: Serialize> From<T> for Packed<T> {
    fn from(value: T) -> Self {
        let bytes = postcard::to_allocvec(&value).expect("rules are plain data");
        Self { bytes: bytes.into(), value: OnceLock::from(Box::new(value)) }
    }
}

impl<T: Deserialize<'static>> Deref for Packed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.value.get_or_init(|| match self.bytes {
            Cow::Borrowed(bytes) => Box::new(postcard::from_bytes(bytes).expect("packed by the build script")),
            Cow::Owned(_) => unreachable!("what was packed here has its value"),
        })
    }
}

impl<T> Serialize for Packed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.bytes)
    }
}

impl<'de: 'static, T> Deserialize<'de> for Packed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = Cow::Borrowed(deserializer.deserialize_bytes(Borrowed)?);
        Ok(Self { bytes, value: OnceLock::new() })
    }
}

/// Text as it lies in the program, for `deserialize_with`.
///
/// # Errors
/// When what is read is no text.
pub fn text<'de: 'static, D: Deserializer<'de>>(deserializer: D) -> Result<Cow<'static, str>, D::Error> {
    Ok(Cow::Borrowed(<&'de str>::deserialize(deserializer)?))
}

/// Takes bytes as they lie.
struct Borrowed;

impl<'de> Visitor<'de> for Borrowed {
    type Value = &'de [u8];

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("bytes")
    }

    fn visit_borrowed_bytes<E: Error>(self, bytes: &'de [u8]) -> Result<Self::Value, E> {
        Ok(bytes)
    }
}
