//! A tree as what serde reads types from. A text is a text as it was written, whatever it looks like; only
//! where a type wants a number or true or false does serde_yaml say what a plain scalar stands for.

use super::node::{Key, Node, Scalar, Style, Value};
use crate::text::Span;
use serde::de::value::{MapDeserializer, SeqDeserializer, StrDeserializer};
use serde::de::{Deserializer, Error, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use std::fmt;

/// Why a tree is no value of a type, and where.
#[derive(Debug)]
pub struct Mismatch {
    /// serde's words for it.
    pub reason: String,
    /// The innermost value that it was found in.
    pub span: Option<Span>,
}

impl Mismatch {
    fn at(mut self, node: &Node) -> Self {
        self.span.get_or_insert(node.span);
        self
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for Mismatch {}

impl Error for Mismatch {
    fn custom<T: fmt::Display>(reason: T) -> Self {
        Mismatch { reason: reason.to_string(), span: None }
    }
}

/// [`super::NESTING`] bounds the recursion.
impl<'de> Deserializer<'de> for &'de Node {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        let value = match &self.value {
            _ if self.is_null() => visitor.visit_unit(),
            Value::Scalar(scalar) => match typed(scalar) {
                Some(value) => value.deserialize_any(visitor).map_err(Mismatch::custom),
                None => visitor.visit_borrowed_str(&scalar.text),
            },
            Value::Sequence(items) => visitor.visit_seq(SeqDeserializer::new(items.iter())),
            Value::Mapping(pairs) => {
                visitor.visit_map(MapDeserializer::new(pairs.iter().map(|(key, value)| (key, value))))
            }
        };
        value.map_err(|mismatch| mismatch.at(self))
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match &self.value {
            Value::Scalar(scalar) => {
                visitor.visit_borrowed_str(&scalar.text).map_err(|mismatch: Mismatch| mismatch.at(self))
            }
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        if self.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        visitor.visit_newtype_struct(self)
    }

    /// A word that stands for one of an enum's variants.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        let word = self.text().ok_or_else(|| Mismatch::custom("not one word").at(self))?;
        let word: StrDeserializer<'_, Mismatch> = word.into_deserializer();
        visitor.visit_enum(word).map_err(|mismatch| mismatch.at(self))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

impl<'de> IntoDeserializer<'de, Mismatch> for &'de Node {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> IntoDeserializer<'de, Mismatch> for &'de Key {
    type Deserializer = StrDeserializer<'de, Mismatch>;

    fn into_deserializer(self) -> Self::Deserializer {
        (*self.text).into_deserializer()
    }
}

/// The number, or true or false, that a plain scalar stands for.
fn typed(scalar: &Scalar) -> Option<serde_yaml::Value> {
    let may_be_typed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'+' | b'-');
    if scalar.style != Style::Plain || !scalar.text.bytes().all(may_be_typed) {
        return None;
    }
    serde_yaml::from_str(&scalar.text)
        .ok()
        .filter(|value: &serde_yaml::Value| value.is_number() || value.is_bool())
}
