//! Data packed for a quick start: read back as bytes, unpacked when first used.

use super::dictionary::Inst;
use serde::de::{Error, Visitor};
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

/// The instructions of a program, unpacked when it first runs: most programs never do.
#[derive(Clone, Debug)]
pub struct Code {
    packed: Vec<u8>,
    unpacked: OnceLock<Vec<Inst>>,
}

impl Deref for Code {
    type Target = [Inst];

    fn deref(&self) -> &[Inst] {
        self.unpacked.get_or_init(|| {
            postcard::from_bytes(&self.packed).expect("packed by this very crate, below or in its build script")
        })
    }
}

impl From<Vec<Inst>> for Code {
    fn from(code: Vec<Inst>) -> Self {
        let packed = postcard::to_allocvec(&code).expect("instructions are plain data");
        Self { packed, unpacked: OnceLock::from(code) }
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.packed)
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let packed = deserializer.deserialize_bytes(Bytes)?.to_vec();
        Ok(Self { packed, unpacked: OnceLock::new() })
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
