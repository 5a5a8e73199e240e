//! Room `pages`: from the site to its pages. Which pages there are and where each stands, and for
//! each one the closed view that its template gets. It makes the HTML that no template may get
//! wrong (`fragments`) and touches no template.
//!
//! A page is its inputs. Each kind of page (`kinds`) takes from the site what its pages show, and makes all of
//! a page of that, of the `frame` that every page shows, and of nothing else; so the hash of the two is the
//! page's key.

mod author;
mod composer;
mod fragments;
mod frame;
mod inputs;
mod kinds;
mod pictures;
mod plain;
mod share;
mod shared;
mod terms;
pub mod views;

pub use author::StringOf;
pub use composer::Composer;
pub use fragments::prose;
pub use frame::Frame;
use frame::page_of;
pub use inputs::Evidence;
pub use kinds::{Page, Planned, Ready, RenderEvidence, Standing, View, clashes, is_for_text, plan};
pub use plain::{PlainText, marker, plain_text_address};
pub use share::ShareCard;

use serde::Serialize;
use views::PageView;

/// How many notes or debates a list shows on one page.
pub const PAGE_LENGTH: usize = 100;

/// What a template gets: the page's own view, and what every page sees of the page.
#[derive(Debug, Serialize)]
pub struct Composed {
    /// The page, as every template sees it.
    pub page: PageView,
    /// The template's own view.
    pub view: View,
}
