; test error
func @f() {
block0:
    v0 = call @g() : ()
    return
}

; 4:5: the instruction has 0 results, not 1
