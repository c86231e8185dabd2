//! Data packed for a quick start: read back as bytes, unpacked when first used.

use serde::de::{DeserializeOwned, Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::ops::Deref;
use std::sync::OnceLock;

/// Numbers, stored as four bytes each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbers(Vec<u32>);

impl Deref for Numbers {
    type Target = [u32];

    fn deref(&self) -> &[u32] {
        &self.0
    }
}

impl From<Vec<u32>> for Numbers {
    fn from(numbers: Vec<u32>) -> Self {
        Self(numbers)
    }
}

impl Serialize for Numbers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bytes: Vec<u8> = self.0.iter().flat_map(|number| number.to_le_bytes()).collect();
        serializer.serialize_bytes(&bytes)
    }
}

impl<'de> Deserialize<'de> for Numbers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (numbers, []) = deserializer.deserialize_bytes(Bytes)?.as_chunks::<4>() else {
            return Err(D::Error::custom("numbers are four bytes each"));
        };
        Ok(Self(numbers.iter().map(|number| u32::from_le_bytes(*number)).collect()))
    }
}

/// A value that is unpacked when it is first asked for: most are never.
#[derive(Clone, Debug)]
pub struct Packed<T> {
    bytes: Vec<u8>,
    value: OnceLock<T>,
}

impl<T: Serialize> From<T> for Packed<T> {
    fn from(value: T) -> Self {
        let bytes = postcard::to_allocvec(&value).expect("rules are plain data");
        Self { bytes, value: OnceLock::from(value) }
    }
}

impl<T: DeserializeOwned> Deref for Packed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.value.get_or_init(|| {
            postcard::from_bytes(&self.bytes).expect("packed by this very crate, above or in its build script")
        })
    }
}

impl<T> Serialize for Packed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.bytes)
    }
}

impl<'de, T> Deserialize<'de> for Packed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = deserializer.deserialize_bytes(Bytes)?.to_vec();
        Ok(Self { bytes, value: OnceLock::new() })
    }
}

/// Takes bytes as they lie.
struct Bytes;

impl<'de> Visitor<'de> for Bytes {
    type Value = &'de [u8];

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("bytes")
    }

    fn visit_borrowed_bytes<E: Error>(self, bytes: &'de [u8]) -> Result<Self::Value, E> {
        Ok(bytes)
    }
}
