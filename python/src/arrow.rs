//! Columns through the Arrow C data interface, without a copy of their values.
//!
//! The structs, their fields and who releases what are those of the interface's specification
//! (<https://arrow.apache.org/docs/format/CDataInterface.html> and `CStreamInterface.html`). Every exported structure keeps what its
//! pointers lead to alive by an `Arc`, and gives it back when the consumer releases it.

use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::ptr::{null, null_mut};
use std::sync::Arc;

use flywheel::table::Values;

use crate::column::{Column, Columns};

impl Column {
    fn format(&self) -> &'static CStr {
        match self.values {
            Values::Integer(_) => c"l",
            Values::Number(_) => c"g",
            // a label is a position below 2^31, and that of the empty name is masked
            Values::Text(_) => c"i",
            Values::Flag(_) | Values::Answer(_) => c"b",
        }
    }

    fn buffers(&self) -> Vec<*const c_void> {
        let values: *const c_void = match &self.values {
            Values::Integer(values) => values.as_ptr().cast(),
            Values::Number(values) => values.as_ptr().cast(),
            Values::Text(values) => values.as_ptr().cast(),
            Values::Flag(_) | Values::Answer(_) => self.bits.as_ptr().cast(),
        };
        let validity = self.validity.as_ref();
        vec![validity.map_or(null(), |bits| bits.as_ptr().cast()), values]
    }
}

impl Columns {
    /// The schema of the rows.
    pub fn schema(&self) -> Schema {
        let column = |column: &Column| {
            let dictionary = matches!(column.values, Values::Text(_));
            Schema::new(
                column.format(),
                &column.name,
                Vec::new(),
                dictionary.then(|| Schema::new(c"u", "", Vec::new(), None)),
            )
        };
        let columns = self.all.iter().map(column).collect();
        Schema::new(c"+s", "", columns, None)
    }
}

/// All rows as one array.
fn rows(columns: &Arc<Columns>) -> Array {
    let column = |column: &Column| {
        let dictionary = matches!(column.values, Values::Text(_)).then(|| names(columns));
        Array::new(
            columns,
            (columns.rows, column.nulls),
            column.buffers(),
            Vec::new(),
            dictionary,
        )
    };
    let all = columns.all.iter().map(column).collect();
    Array::new(columns, (columns.rows, 0), vec![null()], all, None)
}

fn names(columns: &Arc<Columns>) -> Array {
    let buffers = vec![
        null(),
        columns.offsets.as_ptr().cast(),
        columns.letters.as_ptr().cast(),
    ];
    let length = columns.offsets.len() - 1;
    Array::new(columns, (length, 0), buffers, Vec::new(), None)
}

/// `struct ArrowSchema`.
#[repr(C)]
pub struct Schema {
    format: *const c_char,
    name: *const c_char,
    metadata: *const c_char,
    flags: i64,
    n_children: i64,
    children: *mut *mut Schema,
    dictionary: *mut Schema,
    release: Option<unsafe extern "C" fn(*mut Schema)>,
    private_data: *mut c_void,
}

/// What a schema owns.
struct OfSchema {
    _name: CString,
    children: Vec<*mut Schema>,
    dictionary: *mut Schema,
}

/// Values may be null.
const NULLABLE: i64 = 2;

impl Schema {
    fn new(
        format: &'static CStr,
        name: &str,
        children: Vec<Self>,
        dictionary: Option<Self>,
    ) -> Self {
        let boxed = |schema| Box::into_raw(Box::new(schema));
        let mut own = Box::new(OfSchema {
            _name: CString::new(name).unwrap_or_default(),
            children: children.into_iter().map(boxed).collect(),
            dictionary: dictionary.map_or(null_mut(), boxed),
        });
        Self {
            format: format.as_ptr(),
            name: own._name.as_ptr(),
            metadata: null(),
            flags: NULLABLE,
            n_children: length(own.children.len()),
            children: own.children.as_mut_ptr(),
            dictionary: own.dictionary,
            release: Some(release_schema),
            private_data: Box::into_raw(own).cast(),
        }
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        if let Some(release) = self.release {
            // SAFETY: it was not released yet, and nobody else has it
            unsafe { release(self) }
        }
    }
}

/// SAFETY: `schema` points to a schema that `Schema::new` made and nobody released.
unsafe extern "C" fn release_schema(schema: *mut Schema) {
    // SAFETY: as the caller promises; boxes come from `Schema::new`, and each releases itself unless it was moved away
    unsafe {
        let own = Box::from_raw((*schema).private_data.cast::<OfSchema>());
        own.children
            .iter()
            .for_each(|child| drop(Box::from_raw(*child)));
        if !own.dictionary.is_null() {
            drop(Box::from_raw(own.dictionary));
        }
        (*schema).release = None;
    }
}

/// `struct ArrowArray`.
#[repr(C)]
pub struct Array {
    length: i64,
    null_count: i64,
    offset: i64,
    n_buffers: i64,
    n_children: i64,
    buffers: *mut *const c_void,
    children: *mut *mut Array,
    dictionary: *mut Array,
    release: Option<unsafe extern "C" fn(*mut Array)>,
    private_data: *mut c_void,
}

/// What an array owns, and what it keeps alive.
struct OfArray {
    _columns: Arc<Columns>,
    buffers: Vec<*const c_void>,
    children: Vec<*mut Array>,
    dictionary: *mut Array,
}

impl Array {
    fn new(
        columns: &Arc<Columns>,
        (rows, nulls): (usize, usize),
        buffers: Vec<*const c_void>,
        children: Vec<Self>,
        dictionary: Option<Self>,
    ) -> Self {
        let boxed = |array| Box::into_raw(Box::new(array));
        let mut own = Box::new(OfArray {
            _columns: Arc::clone(columns),
            buffers,
            children: children.into_iter().map(boxed).collect(),
            dictionary: dictionary.map_or(null_mut(), boxed),
        });
        Self {
            length: length(rows),
            null_count: length(nulls),
            offset: 0,
            n_buffers: length(own.buffers.len()),
            n_children: length(own.children.len()),
            buffers: own.buffers.as_mut_ptr(),
            children: own.children.as_mut_ptr(),
            dictionary: own.dictionary,
            release: Some(release_array),
            private_data: Box::into_raw(own).cast(),
        }
    }

    /// What says that there are no more arrays.
    fn end() -> Self {
        Self {
            length: 0,
            null_count: 0,
            offset: 0,
            n_buffers: 0,
            n_children: 0,
            buffers: null_mut(),
            children: null_mut(),
            dictionary: null_mut(),
            release: None,
            private_data: null_mut(),
        }
    }
}

impl Drop for Array {
    fn drop(&mut self) {
        if let Some(release) = self.release {
            // SAFETY: it was not released yet, and nobody else has it
            unsafe { release(self) }
        }
    }
}

/// SAFETY: `array` points to an array that `Array::new` made and nobody released.
unsafe extern "C" fn release_array(array: *mut Array) {
    // SAFETY: as the caller promises; boxes come from `Array::new`, and each releases itself unless it was moved away
    unsafe {
        let own = Box::from_raw((*array).private_data.cast::<OfArray>());
        own.children
            .iter()
            .for_each(|child| drop(Box::from_raw(*child)));
        if !own.dictionary.is_null() {
            drop(Box::from_raw(own.dictionary));
        }
        (*array).release = None;
    }
}

/// `struct ArrowArrayStream`: all rows as one array.
#[repr(C)]
pub struct Stream {
    get_schema: unsafe extern "C" fn(*mut Stream, *mut Schema) -> c_int,
    get_next: unsafe extern "C" fn(*mut Stream, *mut Array) -> c_int,
    get_last_error: unsafe extern "C" fn(*mut Stream) -> *const c_char,
    release: Option<unsafe extern "C" fn(*mut Stream)>,
    private_data: *mut c_void,
}

/// What a stream has to give.
struct OfStream {
    columns: Arc<Columns>,
    given: bool,
}

impl Stream {
    /// A stream of these columns.
    pub fn new(columns: Arc<Columns>) -> Self {
        let own = OfStream {
            columns,
            given: false,
        };
        Self {
            get_schema,
            get_next,
            get_last_error,
            release: Some(release_stream),
            private_data: Box::into_raw(Box::new(own)).cast(),
        }
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        if let Some(release) = self.release {
            // SAFETY: it was not released yet, and nobody else has it
            unsafe { release(self) }
        }
    }
}

// SAFETY: the pointers lead to data that nobody changes and that lives as long as they do; a consumer uses a structure from
// one thread at a time, as the interface asks
unsafe impl Send for Schema {}
// SAFETY: as above
unsafe impl Send for Stream {}

/// SAFETY: `stream` is one of `Stream::new` that was not released, and `out` has room for a schema.
unsafe extern "C" fn get_schema(stream: *mut Stream, out: *mut Schema) -> c_int {
    // SAFETY: as the caller promises
    unsafe {
        let own = &*(*stream).private_data.cast::<OfStream>();
        out.write(own.columns.schema());
    }
    0
}

/// SAFETY: `stream` is one of `Stream::new` that was not released, and `out` has room for an array.
unsafe extern "C" fn get_next(stream: *mut Stream, out: *mut Array) -> c_int {
    // SAFETY: as the caller promises
    unsafe {
        let own = &mut *(*stream).private_data.cast::<OfStream>();
        let next = if own.given {
            Array::end()
        } else {
            rows(&own.columns)
        };
        own.given = true;
        out.write(next);
    }
    0
}

/// Nothing fails here.
unsafe extern "C" fn get_last_error(_: *mut Stream) -> *const c_char {
    null()
}

/// SAFETY: `stream` is one of `Stream::new` that was not released.
unsafe extern "C" fn release_stream(stream: *mut Stream) {
    // SAFETY: as the caller promises
    unsafe {
        drop(Box::from_raw((*stream).private_data.cast::<OfStream>()));
        (*stream).release = None;
    }
}

fn length(count: usize) -> i64 {
    i64::try_from(count).expect("fewer than 2^63")
}
