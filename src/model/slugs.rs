//! Names of things as they stand in addresses. Each kind is a type, so that a topic can't be taken
//! for a person.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

macro_rules! slugs {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The slug as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(slug: &str) -> Self {
                $name(slug.into())
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

slugs! {
    /// A debate: the folder's name under `content/debates`.
    DebateSlug
    /// A topic: the file's name under `content/topics`.
    TopicSlug
    /// A person: the file's name under `content/people`.
    PersonSlug
    /// A briefing: the file's name under `content/briefings`.
    BriefingSlug
}
