; test print
; Line ends mean nothing, comments may stand anywhere.
func @"a b"
 ( ) -> (i32, ; first
 i64) { block5: v9 = i32const 1 v8 = i64const 0
   return v9, v8 }

; func @"a b"() -> (i32, i64) {
; block5:
;     v9 = i32const 1
;     v8 = i64const 0
;     return v9, v8
; }
