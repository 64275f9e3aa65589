; test bounds
import @runtime.panicIndex = "env" "panicIndex" (i32, i32)
; Where a sum may wrap around, that it is less than the limit says nothing of its operand.
func @wraps(ref, i32, i32) -> i32 {
block0(v0: ref, v1: i32, v2: i32):
    v3 = i32const 1
    v4 = iadd v2, v3
    v5 = lt_s v4, v1
    brif v5, block1, block4
block1:
    v6 = lt_u v2, v1
    brif v6, block2, block3
block3:
    call @runtime.panicIndex(v2, v1) : (i32, i32)
    trap panic
block2:
    v7 = load.u8 v0
    return v7
block4:
    return v3
}
; The limit is another one in each iteration: what was shown of the counter one iteration before was about another
; limit.
func @moves(ref, i32) {
block0(v0: ref, v1: i32):
    v2 = i32const 0
    v3 = i32const 1
    jump block1(v2, v1)
block1(v4: i32, v5: i32):
    v6 = lt_s v4, v1
    brif v6, block2, block5
block2:
    v7 = lt_u v4, v5
    brif v7, block3, block4
block4:
    call @runtime.panicIndex(v4, v5) : (i32, i32)
    trap panic
block3:
    v8 = iadd v4, v3
    v9 = isub v5, v3
    jump block1(v8, v9)
block5:
    return
}
; An unsigned test against what may be negative.
func @unsigned(ref, i32, i32, i32) -> i32 {
block0(v0: ref, v1: i32, v2: i32, v3: i32):
    v4 = lt_u v2, v3
    brif v4, block1, block4
block1:
    v5 = le_s v3, v1
    brif v5, block2, block4
block2:
    v6 = lt_u v2, v1
    brif v6, block3, block5
block5:
    call @runtime.panicIndex(v2, v1) : (i32, i32)
    trap panic
block3:
    v7 = load.u8 v0
    return v7
block4:
    v8 = i32const 0
    return v8
}

; import @runtime.panicIndex = "env" "panicIndex" (i32, i32)
;
; func @wraps(ref, i32, i32) -> i32 {
; block0(v0: ref, v1: i32, v2: i32):
;     v3 = i32const 1
;     v4 = iadd v2, v3
;     v5 = lt_s v4, v1
;     brif v5, block1, block4
; block1:
;     v6 = lt_u v2, v1
;     brif v6, block2, block3
; block3:
;     call @runtime.panicIndex(v2, v1) : (i32, i32)
;     trap panic
; block2:
;     v7 = load.u8 v0
;     return v7
; block4:
;     return v3
; }
;
; func @moves(ref, i32) {
; block0(v0: ref, v1: i32):
;     v2 = i32const 0
;     v3 = i32const 1
;     jump block1(v2, v1)
; block1(v4: i32, v5: i32):
;     v6 = lt_s v4, v1
;     brif v6, block2, block5
; block2:
;     v7 = lt_u v4, v5
;     brif v7, block3, block4
; block4:
;     call @runtime.panicIndex(v4, v5) : (i32, i32)
;     trap panic
; block3:
;     v8 = iadd v4, v3
;     v9 = isub v5, v3
;     jump block1(v8, v9)
; block5:
;     return
; }
;
; func @unsigned(ref, i32, i32, i32) -> i32 {
; block0(v0: ref, v1: i32, v2: i32, v3: i32):
;     v4 = lt_u v2, v3
;     brif v4, block1, block4
; block1:
;     v5 = le_s v3, v1
;     brif v5, block2, block4
; block2:
;     v6 = lt_u v2, v1
;     brif v6, block3, block5
; block5:
;     call @runtime.panicIndex(v2, v1) : (i32, i32)
;     trap panic
; block3:
;     v7 = load.u8 v0
;     return v7
; block4:
;     v8 = i32const 0
;     return v8
; }
