//! Outputs of programs without what depends on the machine.

/// An output without the stacks of goroutines that follow a panic's message, the address in that of a segmentation
/// violation, and those of a stack that is used up.
pub fn transcript(text: &str) -> String {
    let stacks = ["\n\ngoroutine ", "\n\nruntime stack:"].map(|head| text.find(head));
    let text = match stacks.into_iter().flatten().min() {
        Some(end) => &text[..=end],
        None => text,
    };
    let mut transcript = String::new();
    for line in text.split_inclusive('\n') {
        if line.starts_with("[signal SIGSEGV") {
            transcript.push_str("[signal SIGSEGV: segmentation violation]\n");
        } else if !line.starts_with("runtime: sp=") {
            transcript.push_str(line);
        }
    }
    transcript
}

#[cfg(test)]
mod tests {
    use super::transcript;

    #[test]
    fn transcripts_do_not_depend_on_the_machine() {
        let panic = "1\npanic: boom\n[signal SIGSEGV: segmentation violation code=0x1]\n\ngoroutine 1 [running]:\nmain.main()\n";
        assert_eq!(
            transcript(panic),
            "1\npanic: boom\n[signal SIGSEGV: segmentation violation]\n"
        );
        assert_eq!(transcript("a\nb"), "a\nb");
    }
}
