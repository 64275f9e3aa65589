//! Labels, and the statements that name them or leave loops (*Labeled statements*, *Break statements*, *Continue
//! statements*, *Goto statements*, *Fallthrough statements*).
//!
//! One walk over a function body, without the function literals in it, which have labels of their own. A goto to a
//! label that comes later is kept until the label is met; what is left when a block ends goes to the block around
//! it, for a goto may jump out of blocks, but not into them.

use rustc_hash::FxHashMap;

use crate::ast::{
    BlockId, BranchKind, Decl, ExprId, ExprKind, File, IdentId, Name, Pos, StmtId, StmtKind,
    StmtList,
};
use crate::error::{ErrorCode, SyntaxError};
use crate::print;

/// Checks the body of one function.
pub(crate) fn check(file: &File, body: BlockId, file_name: &str, errors: &mut Vec<SyntaxError>) {
    let mut checker = Checker {
        file,
        file_name,
        errors,
        labels: Vec::new(),
        by_name: FxHashMap::default(),
        blocks: Vec::new(),
    };
    let body = &file.blocks[body];
    let gotos = checker.block(None, Targets::default(), None, body.lbrace, body.stmts);

    for goto in gotos {
        let text = file.ident_text(goto);
        match checker.by_name.get(&file.idents[goto].name) {
            Some(&label) => {
                checker.labels[label].used = true;
                let block = checker.location(checker.blocks[checker.labels[label].block].start);
                checker.error(
                    goto,
                    format!("goto {text} jumps into block starting at {block}"),
                );
            }
            None => checker.error(goto, format!("label {text} not defined")),
        }
    }
    for label in std::mem::take(&mut checker.labels) {
        if !label.used {
            checker.error(
                label.ident,
                format!(
                    "label {} defined and not used",
                    file.ident_text(label.ident)
                ),
            );
        }
    }
}

/// A declared label.
struct Label {
    /// Its identifier.
    ident: IdentId,
    /// The labeled statement.
    stmt: StmtId,
    /// The block it is declared in, an index of [`Checker::blocks`].
    block: usize,
    /// Whether a statement names it.
    used: bool,
}

/// A block on the way from the body to the statement at hand.
struct Block {
    /// The block around it.
    parent: Option<usize>,
    /// Where it starts.
    start: Pos,
    /// The labeled statement that it is the body of.
    labeled: Option<StmtId>,
}

/// What unlabeled branch statements refer to.
#[derive(Clone, Copy, Default)]
struct Targets {
    /// Whether a break has a statement to leave.
    breaks: bool,
    /// Whether a continue has a loop.
    continues: bool,
    /// Where a fallthrough would lead.
    falls: Falls,
}

/// Where a fallthrough leads at the end of the statements at hand.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Falls {
    /// Nowhere: this is no case of an expression switch.
    #[default]
    Nowhere,
    /// To the next case.
    NextCase,
    /// Nowhere: this is the last case.
    LastCase,
    /// Nowhere: the innermost statement that a break would leave is a type switch.
    TypeSwitch,
}

/// The last variable declaration of a block.
struct VarDecl {
    /// Where it is.
    pos: Pos,
    /// The declared variables as messages name them.
    shown: String,
}

/// The state of checking one body.
struct Checker<'a> {
    /// The tree.
    file: &'a File,
    /// The file's name.
    file_name: &'a str,
    /// Where errors go.
    errors: &'a mut Vec<SyntaxError>,
    /// Labels in order of declaration.
    labels: Vec<Label>,
    /// Labels by name.
    by_name: FxHashMap<Name, usize>,
    /// All blocks met so far.
    blocks: Vec<Block>,
}

impl Checker<'_> {
    /// Reports an error at an identifier.
    fn error(&mut self, ident: IdentId, message: String) {
        self.error_at(self.file.idents[ident].pos, message);
    }

    /// Reports an error.
    fn error_at(&mut self, pos: Pos, message: String) {
        self.errors.push(SyntaxError {
            pos,
            message,
            code: ErrorCode::Branch,
        });
    }

    /// A position as messages show it.
    fn location(&self, pos: Pos) -> String {
        let location = self.file.lines.location(pos);
        let file = location.file.unwrap_or(self.file_name);
        let mut text = if file.is_empty() {
            String::new()
        } else {
            format!("{file}:")
        };
        text += &location.line.to_string();
        if let Some(col) = location.col {
            text += &format!(":{col}");
        }
        text
    }

    /// Enters a label; one that exists already is an error.
    fn declare(&mut self, block: usize, ident: IdentId, stmt: StmtId) -> usize {
        let name = self.file.idents[ident].name;
        if let Some(&label) = self.by_name.get(&name) {
            let first = self.location(self.file.idents[self.labels[label].ident].pos);
            self.error(
                ident,
                format!("label {} already defined at {first}", self.file.text(name)),
            );
            return label;
        }
        let label = self.labels.len();
        self.labels.push(Label {
            ident,
            stmt,
            block,
            used: false,
        });
        self.by_name.insert(name, label);
        label
    }

    /// Whether a goto in `block` may jump to the named label, as far as labels are known. Marks it used.
    fn reaches(&mut self, block: usize, label: IdentId) -> bool {
        let Some(&label) = self.by_name.get(&self.file.idents[label].name) else {
            return false;
        };
        self.labels[label].used = true;
        let target = self.labels[label].block;
        let mut at = Some(block);
        while let Some(block) = at {
            if block == target {
                return true;
            }
            at = self.blocks[block].parent;
        }
        false
    }

    /// The statement with this label that `block` lies in: nothing where the label is unknown, and `Some(None)`
    /// where it labels no statement around. Marks the label used.
    fn enclosing(&mut self, block: usize, label: IdentId) -> Option<Option<StmtId>> {
        let &label = self.by_name.get(&self.file.idents[label].name)?;
        self.labels[label].used = true;
        let stmt = self.labels[label].stmt;
        let mut at = Some(block);
        while let Some(block) = at {
            if self.blocks[block].labeled == Some(stmt) {
                return Some(Some(stmt));
            }
            at = self.blocks[block].parent;
        }
        Some(None)
    }

    /// Checks the statements of a block that starts at `start`, and returns its gotos without known target.
    fn block(
        &mut self,
        parent: Option<usize>,
        targets: Targets,
        labeled: Option<StmtId>,
        start: Pos,
        stmts: StmtList,
    ) -> Vec<IdentId> {
        let file = self.file;
        let block = self.blocks.len();
        self.blocks.push(Block {
            parent,
            start,
            labeled,
        });
        let mut gotos: Vec<IdentId> = Vec::new();
        let mut var_decl: Option<VarDecl> = None;

        // Empty statements at the end do not keep a fallthrough from being the last one.
        let mut stmts = file.stmts(stmts);
        while let [rest @ .., last] = stmts
            && matches!(file.stmt[*last].kind, StmtKind::Empty)
        {
            stmts = rest;
        }
        for (index, &stmt) in stmts.iter().enumerate() {
            let mut stmt = stmt;
            let mut labeled = None;
            while let StmtKind::Labeled { label, stmt: inner } = file.stmt[stmt].kind {
                if file.ident_text(label) != "_" {
                    let declared = self.declare(block, label, stmt);
                    self.resolve(&mut gotos, label, declared, var_decl.as_ref());
                    labeled = Some(stmt);
                }
                stmt = inner;
            }
            let mut inner = |checker: &mut Self, targets, start, stmts| {
                gotos.extend(checker.block(Some(block), targets, labeled, start, stmts));
            };
            let falls = if targets.falls == Falls::TypeSwitch {
                Falls::TypeSwitch
            } else {
                Falls::Nowhere
            };
            let nested = Targets { falls, ..targets };
            match &file.stmt[stmt].kind {
                StmtKind::Decl(decls) => {
                    let var = decls.iter().find_map(|decl| {
                        if let Decl::Var(var) = decl {
                            Some(var)
                        } else {
                            None
                        }
                    });
                    if let Some(var) = var {
                        var_decl = Some(VarDecl {
                            pos: var.span.start,
                            shown: file.ident_text(var.names[0]).to_owned(),
                        });
                    }
                }
                StmtKind::Define { lhs, op_pos, .. } => {
                    let names: Vec<_> = file.exprs(*lhs).iter().map(|&x| self.shown(x)).collect();
                    var_decl = Some(VarDecl {
                        pos: *op_pos,
                        shown: names.join(", "),
                    });
                }
                StmtKind::Branch {
                    kind: BranchKind::Goto,
                    label: Some(label),
                } => {
                    if !self.reaches(block, *label) {
                        gotos.push(*label);
                    }
                }
                StmtKind::Branch { kind, label } => {
                    let last = index + 1 == stmts.len();
                    self.branch(
                        block,
                        targets,
                        *kind,
                        *label,
                        file.stmt[stmt].span.start,
                        last,
                    );
                }
                StmtKind::Block(body) => {
                    let body = &file.blocks[*body];
                    inner(self, nested, body.lbrace, body.stmts);
                }
                StmtKind::If { .. } => {
                    let mut next = Some(stmt);
                    while let Some(stmt) = next {
                        let body = match &file.stmt[stmt].kind {
                            StmtKind::If { then, els, .. } => {
                                next = *els;
                                &file.blocks[*then]
                            }
                            StmtKind::Block(body) => {
                                next = None;
                                &file.blocks[*body]
                            }
                            _ => break,
                        };
                        inner(self, nested, body.lbrace, body.stmts);
                    }
                }
                StmtKind::For { body, .. } | StmtKind::Range { body, .. } => {
                    let body = &file.blocks[*body];
                    let targets = Targets {
                        breaks: true,
                        continues: true,
                        falls: Falls::Nowhere,
                    };
                    inner(self, targets, body.lbrace, body.stmts);
                }
                StmtKind::Switch { clauses, .. } => {
                    for (index, clause) in clauses.iter().enumerate() {
                        let falls = if index + 1 == clauses.len() {
                            Falls::LastCase
                        } else {
                            Falls::NextCase
                        };
                        let targets = Targets {
                            breaks: true,
                            falls,
                            ..targets
                        };
                        inner(self, targets, clause.span.start, clause.body);
                    }
                }
                StmtKind::TypeSwitch { clauses, .. } => {
                    for clause in clauses {
                        let targets = Targets {
                            breaks: true,
                            falls: Falls::TypeSwitch,
                            ..targets
                        };
                        inner(self, targets, clause.span.start, clause.body);
                    }
                }
                StmtKind::Select { clauses, .. } => {
                    for clause in clauses {
                        let targets = Targets {
                            breaks: true,
                            falls: Falls::Nowhere,
                            ..targets
                        };
                        inner(self, targets, clause.span.start, clause.body);
                    }
                }
                StmtKind::Bad
                | StmtKind::Empty
                | StmtKind::Labeled { .. }
                | StmtKind::Expr(_)
                | StmtKind::Send { .. }
                | StmtKind::IncDec { .. }
                | StmtKind::Assign { .. }
                | StmtKind::Go(_)
                | StmtKind::Defer(_)
                | StmtKind::Return(_) => {}
            }
        }
        gotos
    }

    /// An operand on the left of `:=` as messages show it.
    fn shown(&self, x: ExprId) -> String {
        match self.file.expr[x].kind {
            ExprKind::Ident(id) => self.file.ident_text(id).to_owned(),
            _ => print::short_expr(self.file, x),
        }
    }

    /// Takes the gotos to a label that has just been declared out of `gotos`.
    fn resolve(
        &mut self,
        gotos: &mut Vec<IdentId>,
        label: IdentId,
        declared: usize,
        var_decl: Option<&VarDecl>,
    ) {
        let file = self.file;
        let name = file.idents[label].name;
        gotos.retain(|&goto| {
            if file.idents[goto].name != name {
                return true;
            }
            self.labels[declared].used = true;
            if let Some(var) = var_decl
                && file.idents[goto].pos < var.pos
            {
                let at = self.location(var.pos);
                let text = file.text(name);
                self.error(
                    goto,
                    format!(
                        "goto {text} jumps over declaration of {} at {at}",
                        var.shown
                    ),
                );
            }
            false
        });
    }

    /// A break, continue or fallthrough; `last` tells whether it ends its list of statements.
    fn branch(
        &mut self,
        block: usize,
        targets: Targets,
        kind: BranchKind,
        label: Option<IdentId>,
        pos: Pos,
        last: bool,
    ) {
        let Some(label) = label else {
            let message = match kind {
                BranchKind::Break if !targets.breaks => "break is not in a loop, switch, or select",
                BranchKind::Continue if !targets.continues => "continue is not in a loop",
                BranchKind::Fallthrough => match targets.falls {
                    Falls::TypeSwitch => "cannot fallthrough in type switch",
                    Falls::LastCase if last => "cannot fallthrough final case in switch",
                    Falls::NextCase if last => return,
                    Falls::Nowhere | Falls::NextCase | Falls::LastCase => {
                        "fallthrough statement out of place"
                    }
                },
                BranchKind::Break | BranchKind::Continue | BranchKind::Goto => return,
            };
            self.error_at(pos, message.to_owned());
            return;
        };
        let is_loop = |stmt| matches!(stmt, &StmtKind::For { .. } | &StmtKind::Range { .. });
        let is_switch = |stmt| {
            matches!(
                stmt,
                &StmtKind::Switch { .. } | &StmtKind::TypeSwitch { .. } | &StmtKind::Select { .. }
            )
        };
        let (keyword, breaks) = match kind {
            BranchKind::Break => ("break", true),
            BranchKind::Continue => ("continue", false),
            // A goto is resolved by the caller, a fallthrough has no label.
            BranchKind::Goto | BranchKind::Fallthrough => return,
        };
        let text = self.file.ident_text(label);
        match self.enclosing(block, label) {
            None => self.error(label, format!("{keyword} label not defined: {text}")),
            Some(stmt) => {
                let target = stmt.and_then(|stmt| match self.file.stmt[stmt].kind {
                    StmtKind::Labeled { stmt, .. } => Some(&self.file.stmt[stmt].kind),
                    _ => None,
                });
                let fits = target.is_some_and(|stmt| is_loop(stmt) || breaks && is_switch(stmt));
                if !fits {
                    self.error(label, format!("invalid {keyword} label {text}"));
                }
            }
        }
    }
}
