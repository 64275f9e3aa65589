//! Stacks of Wasm functions as a trap shows them: one frame a line, innermost first, as
//! `3: main.fail at main.go:12`.
//!
//! The engine's own form also has the module's name, which is the same in each line, and byte
//! offsets, which are of no use after a trap in a runtime: the executor rewrites the module
//! before it compiles it. A recursion without end has millions of frames, so only the innermost
//! are told.

use std::fmt::Write;

use wasmtime::WasmBacktrace;

/// Most frames that are told.
const MAX_FRAMES: usize = 64;

/// A stack as the engine has it.
pub(crate) fn of_engine(backtrace: &WasmBacktrace) -> String {
    let frames = backtrace.frames();
    let shown = frames.iter().take(MAX_FRAMES).map(|frame| {
        let name = match frame.func_name() {
            Some(name) => name.to_owned(),
            None => format!("function {}", frame.func_index()),
        };
        let position = frame
            .symbols()
            .iter()
            .find_map(|symbol| Some(format!("{}:{}", symbol.file()?, symbol.line()?)));
        (name, position)
    });
    lines(shown, frames.len().saturating_sub(MAX_FRAMES))
}

/// A stack as the executor gives it, in the engine's text form. A frame is a line
/// `0: 0x1f - module!function`, and where the module has debug information a line `at FILE:LINE`
/// follows for each function inlined there.
pub(crate) fn of_text(text: &str) -> String {
    let mut shown: Vec<(String, Option<String>)> = Vec::new();
    let mut left_out = 0;
    for line in text.lines().map(str::trim) {
        if line.starts_with(|c: char| c.is_ascii_digit()) {
            if shown.len() == MAX_FRAMES {
                left_out += 1;
                continue;
            }
            let name = line.split_once('!').map_or(line, |(_, name)| name);
            let unnamed = name
                .strip_prefix("<wasm ")
                .and_then(|name| name.strip_suffix('>'));
            shown.push((unnamed.unwrap_or(name).to_owned(), None));
        } else if left_out == 0
            && let Some((_, position)) = shown.last_mut()
            && let Some(place) = line.strip_prefix("at ")
        {
            position.get_or_insert_with(|| place.to_owned());
        }
    }
    lines(shown.into_iter(), left_out)
}

fn lines(shown: impl Iterator<Item = (String, Option<String>)>, left_out: usize) -> String {
    let mut text = String::new();
    for (index, (name, position)) in shown.enumerate() {
        let separator = if index == 0 { "" } else { "\n" };
        // Writing to a string does not fail.
        let _ = write!(text, "{separator}{index}: {name}");
        if let Some(position) = position {
            let _ = write!(text, " at {position}");
        }
    }
    if left_out > 0 {
        let _ = write!(text, "\n... and {left_out} more");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_engines_text_is_read() {
        let text = "error while executing at wasm backtrace:\n\
                    \x20   0:     0x1f - <unknown>!main.fail\n\
                    \x20                   at ./main.go:12:3\n\
                    \x20   1:     0x2a - hello!<wasm function 7>\n";
        assert_eq!(
            of_text(text),
            "0: main.fail at ./main.go:12:3\n1: function 7"
        );
    }

    #[test]
    fn long_stacks_are_cut() {
        let text: String = (0..70).map(|i| format!("{i:>5}: 0x1 - m!f\n")).collect();
        let lines: Vec<String> = of_text(&text).lines().map(str::to_owned).collect();
        assert_eq!(lines.len(), MAX_FRAMES + 1);
        assert_eq!(lines[MAX_FRAMES], "... and 6 more");
    }
}
