//! `rapporteur` makes a static site of debate briefings: the record of a debate, verbatim, and the
//! editors' annotations layered over it.
//!
//! The rooms, in order. A room uses only rooms above it; the test `tidy` holds that.
//!
//! | room | takes → gives |
//! |---|---|
//! | [`text`] | paths, sources, spans, fingerprints, the fold |
//! | [`diagnostics`] | what is reported to authors: codes, places, words, help |
//! | [`yaml`] | YAML → nodes with places → typed values |
//! | [`output`] | files of a built site, the sink that takes them, the manifest |
//! | [`model`] | what a site is made of |
//! | [`load`] | a folder, or strings → the site's files |
//! | [`config`] | `rapporteur.yaml` → the configuration |
//! | [`permalink`] | a place → its address, the way to it, its citation |
//! | [`prose`] | a text as a tree: its quotations, its HTML |
//! | [`markdown`] | Markdown → trees of prose |
//! | [`documents`] | a file of any newsroom → a tree of prose |
//! | [`content`] | the other files that editors write, as written |
//! | [`transcript`] | a source → the record as written |
//! | [`layout`] | the paths of a site's files → which file is what |
//! | [`annotation`] | sheets and notes → annotations as written |
//! | [`anchor`] | (text, words) → where they stand; what was left out; what they may have meant |
//! | [`revise`] | the lock of a debate |
//! | [`resolve`] | everything as written → the site as meant |
//! | [`index`] | the site → which notes are listed where |
//! | [`charts`] | numbers → inline SVG |
//! | [`cards`] | a title and words → the picture shown with a shared link |
//! | [`json_ld`] | what a page is, in the words of schema.org → the text of a script element |
//! | [`pages`] | the site → pages: addresses, views, the HTML of words and prose |
//! | [`theme`] | templates, strings, assets |
//! | [`render`] | a theme and a view → a file |
//! | [`export`] | the site → feeds, sitemap, data |
//! | [`search`] | debates → the words in them, in small files that a browser looks up |
//! | [`pipeline`] | sources, sink → the site written, diagnostics, a report: a build |
//! | [`import`] | a file obtained elsewhere → folders of debates, files of people, revisions |
//! | [`write`] | a staged site → a published site; authors' files |
//! | [`desk`] | what editors begin, look over and rename → files to write, lines to show |
//! | [`watch`] | file events → what changed |
//! | [`lsp`] | an editor's messages → mistakes as one types, names, words, changes |
//! | [`serve`] | the site in memory → HTTP, live reload, the way back to the sources |
//! | [`cli`] | arguments → an exit code; the only room that prints |

pub mod anchor;
pub mod annotation;
pub mod cards;
pub mod charts;
pub mod cli;
pub mod config;
pub mod content;
pub mod desk;
pub mod diagnostics;
pub mod documents;
pub mod export;
pub mod import;
pub mod index;
pub mod json_ld;
pub mod layout;
pub mod load;
pub mod lsp;
pub mod markdown;
pub mod model;
pub mod output;
pub mod pages;
pub mod permalink;
pub mod pipeline;
pub mod prose;
pub mod render;
pub mod resolve;
pub mod revise;
pub mod search;
pub mod serve;
pub mod text;
pub mod theme;
pub mod transcript;
pub mod watch;
pub mod write;
pub mod yaml;
