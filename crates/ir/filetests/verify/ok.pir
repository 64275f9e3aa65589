; test verify
func @f(i32) -> i32 {
block0(v0: i32):
    jump block1(v0)
block1(v1: i32):
    v2 = iadd v1, v0
    brif v2, block1(v2), block2
block2:
    return v2
}

; ok
