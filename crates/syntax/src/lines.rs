//! Lines and columns of one file, and the positions that `//line` directives put in their place.
//!
//! Lines and columns count from 1; a column counts bytes, as in the official compiler. A `//line` directive (a
//! compiler directive, not a part of the language) says where the text after it was generated from; messages
//! show that place, everything else works with the real one.

use crate::ast::Pos;

/// The largest line or column that a `//line` directive may name.
pub(crate) const MAX_LINE_OR_COLUMN: u32 = 1 << 30;

/// Where the lines of a file start.
#[derive(Clone, Debug)]
pub struct LineTable {
    /// Offset of the first byte of each line, ascending; the first is 0.
    starts: Vec<u32>,
    /// What `//line` directives say, ascending by position.
    bases: Vec<LineBase>,
}

/// The effect of one `//line` directive.
#[derive(Clone, Debug)]
struct LineBase {
    /// First position it holds for.
    pos: Pos,
    /// The named file; absent where the directive leaves it out, meaning this file itself.
    file: Option<Box<str>>,
    /// The line that `pos` counts as.
    line: u32,
    /// The column that `pos` counts as; absent where the directive has none, columns are then unknown.
    col: Option<u32>,
}

/// A position as messages show it: with `//line` directives applied.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Location<'a> {
    /// The file that a directive names; absent for the file itself.
    pub file: Option<&'a str>,
    /// The line, from 1.
    pub line: u32,
    /// The column in bytes, from 1; absent where a directive makes it unknown.
    pub col: Option<u32>,
}

impl Default for LineTable {
    fn default() -> Self {
        Self {
            starts: vec![0],
            bases: Vec::new(),
        }
    }
}

impl LineTable {
    /// The lines of a source text. Files are below 4 GiB, so offsets fit.
    #[must_use]
    pub fn new(source: &[u8]) -> Self {
        let mut starts = Vec::with_capacity(source.len() / 24 + 8);
        starts.push(0);
        starts.extend(memchr::memchr_iter(b'\n', source).map(|at| at as u32 + 1));
        Self {
            starts,
            bases: Vec::new(),
        }
    }

    /// The number of lines; a text that ends in a newline has an empty last line.
    #[must_use]
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Always false: a file has at least one line.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        false
    }

    /// The real line and column of a position, both from 1, the column in bytes.
    #[must_use]
    pub fn line_col(&self, pos: Pos) -> (u32, u32) {
        let line = self.line(pos);
        (line, pos.0 - self.starts[line as usize - 1] + 1)
    }

    /// The real line of a position, from 1.
    #[must_use]
    pub fn line(&self, pos: Pos) -> u32 {
        self.starts.partition_point(|&start| start <= pos.0) as u32
    }

    /// The same, where the position is often on the line `near` or the one behind it.
    fn line_near(&self, pos: Pos, near: u32) -> u32 {
        let at = near as usize;
        if let Some([first, second, rest @ ..]) = self.starts.get(at.wrapping_sub(1)..)
            && *first <= pos.0
        {
            if pos.0 < *second {
                return near;
            }
            if rest.first().is_some_and(|&third| pos.0 < third) {
                return near + 1;
            }
        }
        self.line(pos)
    }

    /// Where a line, counted from 1, starts; absent where the file is shorter.
    #[must_use]
    pub fn line_start(&self, line: u32) -> Option<Pos> {
        self.starts
            .get((line as usize).checked_sub(1)?)
            .map(|&start| Pos(start))
    }

    /// The position as messages show it, with `//line` directives applied.
    #[must_use]
    pub fn location(&self, pos: Pos) -> Location<'_> {
        self.location_near(pos, &mut 0)
    }

    /// The same for one position after the other: `near` is the real line of the one before, or 0, and becomes that of
    /// this one.
    #[must_use]
    pub fn location_near(&self, pos: Pos, near: &mut u32) -> Location<'_> {
        let line = self.line_near(pos, *near);
        *near = line;
        let col = pos.0 - self.starts[line as usize - 1] + 1;
        let after = self.bases.partition_point(|base| base.pos <= pos);
        let Some(base) = after.checked_sub(1).map(|index| &self.bases[index]) else {
            return Location {
                file: None,
                line,
                col: Some(col),
            };
        };
        let (base_line, base_col) = self.line_col(base.pos);
        let col = base.col.map(|named| {
            if line == base_line {
                named.saturating_add(col - base_col)
            } else {
                col
            }
        });
        Location {
            file: base.file.as_deref(),
            line: base.line.saturating_add(line - base_line),
            col,
        }
    }

    /// Makes text from `pos` on count as starting at the given place. An absent `file` with `keep_file` means the
    /// file in force before. Calls come in ascending order of `pos`.
    pub(crate) fn add_base(
        &mut self,
        pos: Pos,
        file: Option<&str>,
        keep_file: bool,
        line: u32,
        col: Option<u32>,
    ) {
        let file = match file {
            Some(file) => Some(file.into()),
            None if keep_file => self.bases.last().and_then(|base| base.file.clone()),
            None => None,
        };
        self.bases.push(LineBase {
            pos,
            file,
            line,
            col,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_bytes() {
        let lines = LineTable::new("aé\n\nb".as_bytes());
        assert_eq!(lines.len(), 3);
        assert_eq!(lines.line_col(Pos(0)), (1, 1));
        assert_eq!(lines.line_col(Pos(3)), (1, 4));
        assert_eq!(lines.line_col(Pos(4)), (2, 1));
        assert_eq!(lines.line_col(Pos(6)), (3, 2));
        assert_eq!(lines.line_start(3), Some(Pos(5)));
        assert_eq!(lines.line_start(4), None);
        for near in 0..5 {
            for pos in (0..7).map(Pos) {
                assert_eq!(lines.line_near(pos, near), lines.line(pos));
            }
        }
    }

    #[test]
    fn directives_shift_locations() {
        let mut lines = LineTable::new(b"a\nb\nc c\nd\n");
        lines.add_base(Pos(4), Some("x.y"), false, 10, None);
        lines.add_base(Pos(6), None, true, 20, Some(5));
        assert_eq!(
            lines.location(Pos(2)),
            Location {
                file: None,
                line: 2,
                col: Some(1)
            }
        );
        assert_eq!(
            lines.location(Pos(4)),
            Location {
                file: Some("x.y"),
                line: 10,
                col: None
            }
        );
        assert_eq!(
            lines.location(Pos(7)),
            Location {
                file: Some("x.y"),
                line: 20,
                col: Some(6)
            }
        );
        assert_eq!(
            lines.location(Pos(8)),
            Location {
                file: Some("x.y"),
                line: 21,
                col: Some(1)
            }
        );
    }
}
