//! The typefaces: two families that are built in, and whatever the computer has for characters that these lack.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::OnceLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontInfo, is_default_ignorable};
use typst::utils::LazyHash;

use crate::DocumentError;

/// The built-in faces; `data/fonts/README.md` says how they were made.
const BUILT_IN: [&[u8]; 6] = [
    include_bytes!("../../../data/fonts/AtkinsonHyperlegibleNext-Regular.ttf"),
    include_bytes!("../../../data/fonts/AtkinsonHyperlegibleNext-Bold.ttf"),
    include_bytes!("../../../data/fonts/AtkinsonHyperlegibleNext-Italic.ttf"),
    include_bytes!("../../../data/fonts/WaymarkSerif-Regular.ttf"),
    include_bytes!("../../../data/fonts/WaymarkSerif-SemiBold.ttf"),
    include_bytes!("../../../data/fonts/WaymarkSerif-Italic.ttf"),
];

/// All typefaces of a [`crate::Press`].
pub struct Fonts {
    built_in: Shelf,
    folders: Vec<PathBuf>,
    extended: OnceLock<Shelf>,
}

/// Faces in an order that never changes, with the book in which the typesetter looks them up.
pub(crate) struct Shelf {
    book: LazyHash<FontBook>,
    faces: Vec<Face>,
    /// The folders' files, which stay unread until a face is asked for.
    files: fontdb::Database,
}

/// One face.
enum Face {
    /// In memory from the start.
    BuiltIn(Font),
    /// Read on first use; `None` inside where the file cannot be read any more.
    File(fontdb::ID, OnceLock<Option<Font>>),
}

impl Fonts {
    /// Makes the built-in faces ready. `extra_dirs` are folders of fonts (the operating system's), searched with
    /// their subfolders at the first text that needs a character which the built-in faces lack. A folder that does
    /// not exist is passed over.
    pub fn new(extra_dirs: &[PathBuf]) -> Result<Self, DocumentError> {
        let fonts = BUILT_IN
            .iter()
            .enumerate()
            .map(|(index, bytes)| Font::new(Bytes::new(*bytes), 0).ok_or(DocumentError::Font { index }))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self {
            built_in: Shelf::built_in(&fonts),
            folders: extra_dirs.to_vec(),
            extended: OnceLock::new(),
        })
    }

    /// The faces for a text of these characters: the built-in ones, and all others too where those do not suffice.
    pub(crate) fn shelf(&self, characters: &BTreeSet<char>) -> &Shelf {
        let suffices = characters.iter().all(|&c| !needs_glyph(c) || self.built_in.covers(c));
        if suffices || self.folders.is_empty() {
            return &self.built_in;
        }
        self.extended.get_or_init(|| self.built_in.extended(&self.folders))
    }
}

/// Whether a character leaves a mark on paper. Spaces, marks of direction and joiners do not.
pub(crate) fn needs_glyph(c: char) -> bool {
    !c.is_whitespace() && !c.is_control() && !is_default_ignorable(c)
}

impl Shelf {
    fn built_in(fonts: &[Font]) -> Self {
        Self {
            book: LazyHash::new(FontBook::from_fonts(fonts)),
            faces: fonts.iter().cloned().map(Face::BuiltIn).collect(),
            files: fontdb::Database::new(),
        }
    }

    /// This shelf with every face of the folders behind its own.
    fn extended(&self, folders: &[PathBuf]) -> Self {
        let mut files = fontdb::Database::new();
        for folder in folders {
            files.load_fonts_dir(folder);
        }
        let mut book = FontBook::clone(&self.book);
        let mut faces: Vec<Face> = self.faces.iter().filter_map(Face::share).collect();
        for face in files.faces() {
            if let Some(info) = files.with_face_data(face.id, FontInfo::new).flatten() {
                book.push(info);
                faces.push(Face::File(face.id, OnceLock::new()));
            }
        }
        Self { book: LazyHash::new(book), faces, files }
    }

    fn covers(&self, c: char) -> bool {
        (0..self.faces.len())
            .any(|index| self.book.info(index).is_some_and(|info| info.coverage.contains(u32::from(c))))
    }

    /// The typesetter's view of what there is.
    pub(crate) fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    /// The face at this place of the book.
    pub(crate) fn font(&self, index: usize) -> Option<Font> {
        match self.faces.get(index)? {
            Face::BuiltIn(font) => Some(font.clone()),
            Face::File(id, font) => font.get_or_init(|| self.read(*id)).clone(),
        }
    }

    fn read(&self, id: fontdb::ID) -> Option<Font> {
        self.files.with_face_data(id, |bytes, index| Font::new(Bytes::new(bytes.to_vec()), index)).flatten()
    }
}

impl Face {
    fn share(&self) -> Option<Self> {
        match self {
            Self::BuiltIn(font) => Some(Self::BuiltIn(font.clone())),
            Self::File(..) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fonts_of_the_project() -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../data/fonts")
    }

    #[test]
    fn the_built_in_faces_are_enough_for_latin_text_and_no_folder_is_read() {
        let fonts = Fonts::new(&[fonts_of_the_project()]).unwrap();
        fonts.shelf(&"Niño, Łódź: ½ € – “x”\n\u{202e}".chars().collect());
        assert!(fonts.extended.get().is_none());
    }

    #[test]
    fn a_folder_is_read_for_other_characters_and_its_faces_stand_behind_ours() {
        let fonts = Fonts::new(&[fonts_of_the_project()]).unwrap();
        let shelf = fonts.shelf(&BTreeSet::from(['学']));
        assert_eq!(shelf.faces.len(), 2 * BUILT_IN.len());
        assert!(matches!(shelf.faces[0], Face::BuiltIn(_)));
        assert!((0..shelf.faces.len()).all(|index| shelf.font(index).is_some()));
        assert!(shelf.font(shelf.faces.len()).is_none());
    }

    #[test]
    fn two_families_are_built_in_under_the_names_that_the_templates_use() {
        let fonts = Fonts::new(&[]).unwrap();
        let families: Vec<&str> = fonts.built_in.book().families().map(|(name, _)| name).collect();
        assert_eq!(families, ["Atkinson Hyperlegible Next", "Waymark Serif"]);
    }
}
