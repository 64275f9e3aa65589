; test verify
func @f(i32) {
block0(v0: i32):
    brif v0, block1, block0(v0)
block1:
    jump block2(v0)
block2(v1: i64):
    return
    jump block1
block3:
    v2 = i32const 0
}

; f: block0: brif v0, block1, block0(v0): branch to the entry block
; f: block1: jump block2(v0): v0 must be i64 as v1 of block2, is i32
; f: block2: return: terminator before the end of the block
; f: block3: no terminator at the end
