# SPDX-License-Identifier: MIT
# Generated from native/abi/biodl.json by managed/BioDL.Bindings.
"""The C ABI for ctypes, as native/include/biodl documents it: constants, structs, and declare() for a library."""
import ctypes

ABI_VERSION = 5

BIODL_STATUS_OK = 0
BIODL_STATUS_INVALID_ARGUMENT = 100
BIODL_STATUS_INVALID_HANDLE = 101
BIODL_STATUS_INVALID_STRUCT = 102
BIODL_STATUS_LABEL_OVERFLOW = 103
BIODL_STATUS_NOT_FOUND = 200
BIODL_STATUS_IO = 201
BIODL_STATUS_MODEL_INVALID = 210
BIODL_STATUS_MODEL_UNSUPPORTED = 211
BIODL_STATUS_DEVICE_UNAVAILABLE = 300
BIODL_STATUS_OUT_OF_MEMORY = 301
BIODL_STATUS_HOST = 302
BIODL_STATUS_CANCELLED = 310
BIODL_STATUS_INTERNAL = 900

BIODL_DEVICE_CPU = 1
BIODL_DEVICE_CUDA = 2
BIODL_DEVICE_DIRECTML = 3
BIODL_DEVICE_COREML = 4

BIODL_TASK_OTHER = 0
BIODL_TASK_SEGMENT = 1
BIODL_TASK_DENOISE = 2
BIODL_TASK_STAIN = 3

BIODL_DTYPE_UINT8 = 1
BIODL_DTYPE_UINT16 = 2
BIODL_DTYPE_UINT32 = 3
BIODL_DTYPE_FLOAT32 = 4
BIODL_DTYPE_ARGB32 = 5

BIODL_AXIS_T = 0
BIODL_AXIS_Z = 1
BIODL_AXIS_C = 2
BIODL_AXIS_Y = 3
BIODL_AXIS_X = 4

BIODL_STAGE_PREPARE = 1
BIODL_STAGE_STATISTICS = 2
BIODL_STAGE_NETWORK = 3
BIODL_STAGE_SUPPRESS = 4
BIODL_STAGE_RENDER = 5
BIODL_STAGE_DOWNLOAD = 6
BIODL_STAGE_VERIFY = 7

BIODL_NORMALIZE_DEFAULT = 0
BIODL_NORMALIZE_NONE = 1

BIODL_VERTICES_EXACT = 0
BIODL_VERTICES_INTEGER = 1

BIODL_LABELS_PER_PLANE = 0
BIODL_LABELS_UNIQUE = 1
BIODL_LABELS_TRACK = 2

BIODL_LINK_NONE = 0
BIODL_LINK_FRAMES = 1
BIODL_LINK_SLICES = 2

BIODL_SCALE_BACK = 0
BIODL_SCALE_NONE = 1

BIODL_OUTPUT_IMAGE = 0
BIODL_OUTPUT_LABELS = 1
BIODL_OUTPUT_MASK = 2
BIODL_OUTPUT_VALUES = 3

BIODL_MODEL_BUILTIN = 0
BIODL_MODEL_INSTALLED = 1
BIODL_MODEL_ONLINE = 2

BIODL_VERIFY_PASSED = 0
BIODL_VERIFY_FAILED = 1
BIODL_VERIFY_IMPOSSIBLE = 2

BIODL_TRAIN_DENOISE_IMAGE = 1
BIODL_TRAIN_NOISE2VOID = 2
BIODL_TRAIN_RESTORATION = 3
BIODL_TRAIN_STARDIST = 4
BIODL_TRAIN_SEMANTIC = 5
BIODL_TRAIN_STAIN = 6

BIODL_TRAINING_QUEUED = 0
BIODL_TRAINING_PREPARING = 1
BIODL_TRAINING_TRAINING = 2
BIODL_TRAINING_YIELDING = 3
BIODL_TRAINING_FINISHING = 4
BIODL_TRAINING_DONE = 5
BIODL_TRAINING_CANCELLED = 6
BIODL_TRAINING_FAILED = 7

BIODL_SIDE_DRAWN = 0
BIODL_SIDE_TRAINING = 1
BIODL_SIDE_VALIDATION = 2

BIODL_NOISE_X = 0
BIODL_NOISE_Y = 1


class biodl_error(ctypes.Structure):
    pass


class biodl_version_info(ctypes.Structure):
    pass


class biodl_device_info(ctypes.Structure):
    pass


class biodl_model_info(ctypes.Structure):
    pass


class biodl_tensor_info(ctypes.Structure):
    pass


class biodl_image(ctypes.Structure):
    pass


class biodl_progress(ctypes.Structure):
    pass


class biodl_segment_options(ctypes.Structure):
    pass


class biodl_object(ctypes.Structure):
    pass


class biodl_objects_view(ctypes.Structure):
    pass


class biodl_objects_report(ctypes.Structure):
    pass


class biodl_channels(ctypes.Structure):
    pass


class biodl_range(ctypes.Structure):
    pass


class biodl_run_options(ctypes.Structure):
    pass


class biodl_star_options(ctypes.Structure):
    pass


class biodl_candidates_info(ctypes.Structure):
    pass


class biodl_plan_info(ctypes.Structure):
    pass


class biodl_plan_output(ctypes.Structure):
    pass


class biodl_result_info(ctypes.Structure):
    pass


class biodl_result_output(ctypes.Structure):
    pass


class biodl_catalogue_entry(ctypes.Structure):
    pass


class biodl_verification_info(ctypes.Structure):
    pass


class biodl_verification_output(ctypes.Structure):
    pass


class biodl_training_image(ctypes.Structure):
    pass


class biodl_training_options(ctypes.Structure):
    pass


class biodl_training_plan_info(ctypes.Structure):
    pass


class biodl_training_info(ctypes.Structure):
    pass


class biodl_training_progress(ctypes.Structure):
    pass


class biodl_training_point(ctypes.Structure):
    pass


class biodl_training_picture_info(ctypes.Structure):
    pass


class biodl_training_result(ctypes.Structure):
    pass


class biodl_unfinished_entry(ctypes.Structure):
    pass


biodl_lock_fn = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64)
biodl_unlock_fn = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_int64, ctypes.c_void_p, ctypes.c_int32)
biodl_progress_fn = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.POINTER(biodl_progress))

biodl_error._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("code", ctypes.c_int32),
    ("message", ctypes.c_char * 1024),
    ("hint", ctypes.c_char * 512),
]

biodl_version_info._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("abi_version", ctypes.c_uint32),
    ("version", ctypes.c_char_p),
    ("build", ctypes.c_char_p),
    ("runtime_version", ctypes.c_char_p),
    ("library_path", ctypes.c_char_p),
    ("runtime_path", ctypes.c_char_p),
    ("instruction_set", ctypes.c_char_p),
]

biodl_device_info._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("kind", ctypes.c_int32),
    ("id", ctypes.c_char_p),
    ("name", ctypes.c_char_p),
    ("memory_bytes", ctypes.c_int64),
    ("available", ctypes.c_int32),
    ("reserved", ctypes.c_int32),
    ("unavailable_reason", ctypes.c_char_p),
]

biodl_model_info._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("channels", ctypes.c_int32),
    ("name", ctypes.c_char_p),
    ("description", ctypes.c_char_p),
    ("licence", ctypes.c_char_p),
    ("source", ctypes.c_char_p),
    ("sha256", ctypes.c_char_p),
    ("citation", ctypes.c_char_p),
    ("rays", ctypes.c_int32),
    ("grid_y", ctypes.c_int32),
    ("grid_x", ctypes.c_int32),
    ("divisor_y", ctypes.c_int32),
    ("divisor_x", ctypes.c_int32),
    ("halo", ctypes.c_int32),
    ("percentile_low", ctypes.c_double),
    ("percentile_high", ctypes.c_double),
    ("prob_threshold", ctypes.c_double),
    ("overlap_threshold", ctypes.c_double),
    ("task", ctypes.c_int32),
    ("inputs", ctypes.c_int32),
    ("outputs", ctypes.c_int32),
    ("reserved", ctypes.c_int32),
    ("id", ctypes.c_char_p),
    ("version", ctypes.c_char_p),
    ("format", ctypes.c_char_p),
    ("weights_format", ctypes.c_char_p),
    ("tags", ctypes.c_char_p),
    ("made_for", ctypes.c_char_p),
    ("object_diameter", ctypes.c_double),
]

biodl_tensor_info._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("channels", ctypes.c_int32),
    ("name", ctypes.c_char_p),
    ("axes", ctypes.c_char_p),
    ("channel_names", ctypes.c_char_p),
    ("processing", ctypes.c_char_p),
    ("min", ctypes.c_int64 * 3),
    ("step", ctypes.c_int64 * 3),
    ("kind", ctypes.c_int32),
    ("restores_input", ctypes.c_int32),
]

biodl_image._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("dtype", ctypes.c_int32),
    ("shape", ctypes.c_int64 * 5),
    ("strides", ctypes.c_int64 * 5),
    ("data", ctypes.c_void_p),
    ("offset", ctypes.c_int64),
    ("lock", biodl_lock_fn),
    ("unlock", biodl_unlock_fn),
    ("user_data", ctypes.c_void_p),
    ("value_scale", ctypes.c_double),
    ("value_offset", ctypes.c_double),
]

biodl_progress._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("stage", ctypes.c_int32),
    ("done", ctypes.c_int64),
    ("total", ctypes.c_int64),
    ("frame", ctypes.c_int32),
    ("slice", ctypes.c_int32),
    ("fraction", ctypes.c_double),
    ("seconds_left", ctypes.c_double),
]

biodl_segment_options._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("normalize", ctypes.c_int32),
    ("percentile_low", ctypes.c_double),
    ("percentile_high", ctypes.c_double),
    ("prob_threshold", ctypes.c_double),
    ("overlap_threshold", ctypes.c_double),
    ("vertices", ctypes.c_int32),
    ("label_scope", ctypes.c_int32),
    ("border", ctypes.c_int32),
    ("tile", ctypes.c_int32),
    ("device", ctypes.c_char_p),
    ("mask", ctypes.POINTER(biodl_image)),
    ("memory_limit", ctypes.c_int64),
]

biodl_object._fields_ = [
    ("label", ctypes.c_int64),
    ("frame", ctypes.c_int32),
    ("slice", ctypes.c_int32),
    ("probability", ctypes.c_float),
    ("center_y", ctypes.c_float),
    ("center_x", ctypes.c_float),
    ("top", ctypes.c_int32),
    ("left", ctypes.c_int32),
    ("bottom", ctypes.c_int32),
    ("right", ctypes.c_int32),
    ("reserved", ctypes.c_int32),
    ("area", ctypes.c_double),
    ("center_z", ctypes.c_float),
    ("first_slice", ctypes.c_int32),
    ("last_slice", ctypes.c_int32),
    ("reserved_2", ctypes.c_int32),
    ("pixels", ctypes.c_int64),
    ("centroid_y", ctypes.c_double),
    ("centroid_x", ctypes.c_double),
    ("centroid_z", ctypes.c_double),
    ("track", ctypes.c_int64),
    ("touches_edge", ctypes.c_int32),
    ("class_id", ctypes.c_int32),
]

biodl_objects_view._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("rays", ctypes.c_int32),
    ("count", ctypes.c_int64),
    ("object_size", ctypes.c_int64),
    ("objects", ctypes.POINTER(biodl_object)),
    ("vertices", ctypes.POINTER(ctypes.c_float)),
]

biodl_objects_report._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("tile_height", ctypes.c_int32),
    ("tile_width", ctypes.c_int32),
    ("fell_back", ctypes.c_int32),
    ("tiles", ctypes.c_int64),
    ("candidates", ctypes.c_int64),
    ("device", ctypes.c_char_p),
    ("device_name", ctypes.c_char_p),
    ("warnings", ctypes.c_char_p),
    ("provenance", ctypes.c_char_p),
    ("prepare_ms", ctypes.c_double),
    ("read_ms", ctypes.c_double),
    ("normalize_ms", ctypes.c_double),
    ("network_ms", ctypes.c_double),
    ("candidates_ms", ctypes.c_double),
    ("suppress_ms", ctypes.c_double),
    ("render_ms", ctypes.c_double),
    ("total_ms", ctypes.c_double),
]

biodl_channels._fields_ = [
    ("index", ctypes.POINTER(ctypes.c_int32)),
    ("count", ctypes.c_int64),
]

biodl_range._fields_ = [
    ("low", ctypes.c_double),
    ("high", ctypes.c_double),
]

biodl_run_options._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("normalize", ctypes.c_int32),
    ("percentile_low", ctypes.c_double),
    ("percentile_high", ctypes.c_double),
    ("scale", ctypes.c_int32),
    ("tile", ctypes.c_int32),
    ("device", ctypes.c_char_p),
    ("memory_limit", ctypes.c_int64),
    ("channels", ctypes.POINTER(biodl_channels)),
    ("channels_count", ctypes.c_int64),
    ("region", ctypes.c_int64 * 4),
    ("mask", ctypes.POINTER(biodl_image)),
    ("percentile_values", ctypes.POINTER(biodl_range)),
    ("percentile_values_count", ctypes.c_int64),
    ("pixel_size", ctypes.c_double * 3),
    ("dark_objects", ctypes.c_int32),
    ("reserved_2", ctypes.c_int32),
    ("channel_names", ctypes.c_char_p),
    ("image_scale", ctypes.c_double),
    ("object_diameter", ctypes.c_double),
]

biodl_star_options._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("vertices", ctypes.c_int32),
    ("prob_threshold", ctypes.c_double),
    ("overlap_threshold", ctypes.c_double),
    ("label_scope", ctypes.c_int32),
    ("border", ctypes.c_int32),
    ("exclude_edges", ctypes.c_int32),
    ("rings", ctypes.c_int32),
    ("min_area", ctypes.c_double),
    ("max_area", ctypes.c_double),
    ("grow", ctypes.c_double),
    ("link", ctypes.c_int32),
    ("reserved", ctypes.c_int32),
    ("link_overlap", ctypes.c_double),
    ("probability", ctypes.POINTER(biodl_image)),
    ("distances", ctypes.POINTER(biodl_image)),
    ("origin", ctypes.c_int64 * 2),
]

biodl_candidates_info._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("reserved", ctypes.c_int32),
    ("count", ctypes.c_int64),
    ("prob_threshold", ctypes.c_double),
]

biodl_plan_info._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("outputs", ctypes.c_int32),
    ("tiles", ctypes.c_int64),
    ("tile", ctypes.c_int64 * 3),
    ("halo", ctypes.c_int64 * 3),
    ("memory_bytes", ctypes.c_int64),
    ("match", ctypes.c_char_p),
    ("why", ctypes.c_char_p),
    ("warnings", ctypes.c_char_p),
]

biodl_plan_output._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("kind", ctypes.c_int32),
    ("shape", ctypes.c_int64 * 5),
    ("restores_input", ctypes.c_int32),
    ("dtype", ctypes.c_int32),
    ("name", ctypes.c_char_p),
    ("data_type", ctypes.c_char_p),
    ("channel_names", ctypes.c_char_p),
    ("pixel_pitch", ctypes.c_double * 3),
    ("origin", ctypes.c_double * 3),
]

biodl_result_info._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("fell_back", ctypes.c_int32),
    ("tiles", ctypes.c_int64),
    ("tile", ctypes.c_int64 * 3),
    ("bytes_read", ctypes.c_int64),
    ("bytes_written", ctypes.c_int64),
    ("device", ctypes.c_char_p),
    ("device_name", ctypes.c_char_p),
    ("warnings", ctypes.c_char_p),
    ("provenance", ctypes.c_char_p),
    ("prepare_ms", ctypes.c_double),
    ("statistics_ms", ctypes.c_double),
    ("read_ms", ctypes.c_double),
    ("network_ms", ctypes.c_double),
    ("write_ms", ctypes.c_double),
    ("total_ms", ctypes.c_double),
]

biodl_result_output._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("reserved", ctypes.c_int32),
    ("clipped", ctypes.c_int64),
    ("not_finite", ctypes.c_int64),
]

biodl_catalogue_entry._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("state", ctypes.c_int32),
    ("task", ctypes.c_int32),
    ("runnable", ctypes.c_int32),
    ("bytes", ctypes.c_int64),
    ("id", ctypes.c_char_p),
    ("name", ctypes.c_char_p),
    ("version", ctypes.c_char_p),
    ("description", ctypes.c_char_p),
    ("licence", ctypes.c_char_p),
    ("citation", ctypes.c_char_p),
    ("input", ctypes.c_char_p),
    ("tags", ctypes.c_char_p),
    ("source", ctypes.c_char_p),
    ("cover", ctypes.c_char_p),
    ("why_not", ctypes.c_char_p),
    ("made_for", ctypes.c_char_p),
]

biodl_verification_info._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("outcome", ctypes.c_int32),
    ("outputs", ctypes.c_int64),
    ("device", ctypes.c_char_p),
    ("weights_format", ctypes.c_char_p),
    ("text", ctypes.c_char_p),
    ("milliseconds", ctypes.c_double),
]

biodl_verification_output._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("passed", ctypes.c_int32),
    ("name", ctypes.c_char_p),
    ("values", ctypes.c_int64),
    ("mismatches", ctypes.c_int64),
    ("largest_deviation", ctypes.c_double),
    ("absolute_tolerance", ctypes.c_double),
    ("relative_tolerance", ctypes.c_double),
    ("allowed_per_million", ctypes.c_double),
]

biodl_training_image._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("side", ctypes.c_int32),
    ("name", ctypes.c_char_p),
    ("input", ctypes.POINTER(biodl_image)),
    ("target", ctypes.POINTER(biodl_image)),
    ("labels", ctypes.POINTER(biodl_image)),
    ("classes", ctypes.POINTER(ctypes.c_int32)),
    ("classes_count", ctypes.c_int64),
    ("channels", ctypes.POINTER(ctypes.c_int32)),
    ("channels_count", ctypes.c_int64),
    ("target_channels", ctypes.POINTER(ctypes.c_int32)),
    ("target_channels_count", ctypes.c_int64),
    ("group", ctypes.c_char_p),
    ("weight", ctypes.c_double),
    ("pixel_size", ctypes.c_double),
]

biodl_training_options._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("method", ctypes.c_int32),
    ("name", ctypes.c_char_p),
    ("start", ctypes.c_char_p),
    ("folder", ctypes.c_char_p),
    ("steps", ctypes.c_int32),
    ("volumes", ctypes.c_int32),
    ("minutes", ctypes.c_double),
    ("seed", ctypes.c_int64),
    ("validation", ctypes.c_double),
    ("patch", ctypes.c_int32),
    ("batch", ctypes.c_int32),
    ("threads", ctypes.c_int32),
    ("median", ctypes.c_int32),
    ("memory_limit", ctypes.c_int64),
    ("noise_axis", ctypes.c_int32),
    ("noise_radius", ctypes.c_int32),
    ("probabilistic", ctypes.c_int32),
    ("rays", ctypes.c_int32),
    ("structural_similarity", ctypes.c_double),
    ("adversarial", ctypes.c_double),
    ("simulated_noise", ctypes.c_double),
    ("authors", ctypes.c_char_p),
    ("licence", ctypes.c_char_p),
    ("description", ctypes.c_char_p),
    ("data", ctypes.c_char_p),
    ("citation", ctypes.c_char_p),
]

biodl_training_plan_info._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("steps", ctypes.c_int32),
    ("batch", ctypes.c_int32),
    ("training_samples", ctypes.c_int32),
    ("validation_samples", ctypes.c_int32),
    ("reserved", ctypes.c_int32),
    ("patch", ctypes.c_int64 * 3),
    ("memory_bytes", ctypes.c_int64),
    ("disk_bytes", ctypes.c_int64),
    ("minutes", ctypes.c_double),
    ("notes", ctypes.c_char_p),
]

biodl_training_info._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("method", ctypes.c_int32),
    ("id", ctypes.c_char_p),
    ("name", ctypes.c_char_p),
    ("notes", ctypes.c_char_p),
]

biodl_training_progress._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("state", ctypes.c_int32),
    ("step", ctypes.c_int32),
    ("steps", ctypes.c_int32),
    ("validations", ctypes.c_int64),
    ("loss", ctypes.c_double),
    ("validation_loss", ctypes.c_double),
    ("rate", ctypes.c_double),
    ("seconds", ctypes.c_double),
    ("seconds_left", ctypes.c_double),
    ("memory_bytes", ctypes.c_int64),
    ("message", ctypes.c_char_p),
    ("figures", ctypes.c_char_p),
]

biodl_training_point._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("step", ctypes.c_int32),
    ("loss", ctypes.c_double),
    ("validation_loss", ctypes.c_double),
    ("rate", ctypes.c_double),
    ("seconds", ctypes.c_double),
]

biodl_training_picture_info._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("step", ctypes.c_int32),
    ("height", ctypes.c_int32),
    ("width", ctypes.c_int32),
    ("planes", ctypes.c_int32),
    ("reserved", ctypes.c_int32),
    ("names", ctypes.c_char_p),
]

biodl_training_result._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("reserved", ctypes.c_int32),
    ("model_id", ctypes.c_char_p),
    ("path", ctypes.c_char_p),
    ("report", ctypes.c_char_p),
    ("figures", ctypes.c_char_p),
    ("warnings", ctypes.c_char_p),
]

biodl_unfinished_entry._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("method", ctypes.c_int32),
    ("id", ctypes.c_char_p),
    ("name", ctypes.c_char_p),
    ("step", ctypes.c_int32),
    ("steps", ctypes.c_int32),
    ("last", ctypes.c_int64),
]

STRUCTS = (
    biodl_error,
    biodl_version_info,
    biodl_device_info,
    biodl_model_info,
    biodl_tensor_info,
    biodl_image,
    biodl_progress,
    biodl_segment_options,
    biodl_object,
    biodl_objects_view,
    biodl_objects_report,
    biodl_channels,
    biodl_range,
    biodl_run_options,
    biodl_star_options,
    biodl_candidates_info,
    biodl_plan_info,
    biodl_plan_output,
    biodl_result_info,
    biodl_result_output,
    biodl_catalogue_entry,
    biodl_verification_info,
    biodl_verification_output,
    biodl_training_image,
    biodl_training_options,
    biodl_training_plan_info,
    biodl_training_info,
    biodl_training_progress,
    biodl_training_point,
    biodl_training_picture_info,
    biodl_training_result,
    biodl_unfinished_entry,
)

# name: (result, arguments)
FUNCTIONS = {
    "biodl_status_name": (ctypes.c_char_p, [ctypes.c_int32]),
    "biodl_abi_version": (ctypes.c_uint32, []),
    "biodl_version_get": (ctypes.c_int32, [ctypes.POINTER(biodl_version_info), ctypes.POINTER(biodl_error)]),
    "biodl_device_count": (ctypes.c_int32, [ctypes.POINTER(ctypes.c_int32), ctypes.POINTER(biodl_error)]),
    "biodl_device_get": (ctypes.c_int32, [ctypes.c_int32, ctypes.POINTER(biodl_device_info), ctypes.POINTER(biodl_error)]),
    "biodl_model_open": (ctypes.c_int32, [ctypes.c_char_p, ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(biodl_error)]),
    "biodl_model_describe": (ctypes.c_int32, [ctypes.c_void_p, ctypes.POINTER(biodl_model_info), ctypes.POINTER(biodl_error)]),
    "biodl_model_get_input": (ctypes.c_int32, [ctypes.c_void_p, ctypes.c_int64, ctypes.POINTER(biodl_tensor_info),
        ctypes.POINTER(biodl_error)]),
    "biodl_model_get_output": (ctypes.c_int32, [ctypes.c_void_p, ctypes.c_int64, ctypes.POINTER(biodl_tensor_info),
        ctypes.POINTER(biodl_error)]),
    "biodl_model_close": (ctypes.c_int32, [ctypes.c_void_p]),
    "biodl_segment_options_default": (ctypes.c_int32, [ctypes.c_void_p, ctypes.POINTER(biodl_segment_options),
        ctypes.POINTER(biodl_error)]),
    "biodl_segment": (ctypes.c_int32, [ctypes.c_void_p, ctypes.POINTER(biodl_image), ctypes.POINTER(biodl_segment_options),
        biodl_progress_fn, ctypes.c_void_p, ctypes.POINTER(biodl_image), ctypes.POINTER(ctypes.c_void_p),
        ctypes.POINTER(biodl_error)]),
    "biodl_objects_get": (ctypes.c_int32, [ctypes.c_void_p, ctypes.POINTER(biodl_objects_view), ctypes.POINTER(biodl_error)]),
    "biodl_objects_describe": (ctypes.c_int32, [ctypes.c_void_p, ctypes.POINTER(biodl_objects_report),
        ctypes.POINTER(biodl_error)]),
    "biodl_objects_render": (ctypes.c_int32, [ctypes.c_void_p, ctypes.POINTER(biodl_image), ctypes.POINTER(biodl_error)]),
    "biodl_objects_destroy": (ctypes.c_int32, [ctypes.c_void_p]),
    "biodl_run_plan": (ctypes.c_int32, [ctypes.c_void_p, ctypes.POINTER(ctypes.POINTER(biodl_image)), ctypes.c_int64,
        ctypes.POINTER(biodl_run_options), ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(biodl_error)]),
    "biodl_plan_describe": (ctypes.c_int32, [ctypes.c_void_p, ctypes.POINTER(biodl_plan_info), ctypes.POINTER(biodl_error)]),
    "biodl_plan_get_output": (ctypes.c_int32, [ctypes.c_void_p, ctypes.c_int64, ctypes.POINTER(biodl_plan_output),
        ctypes.POINTER(biodl_error)]),
    "biodl_plan_destroy": (ctypes.c_int32, [ctypes.c_void_p]),
    "biodl_run": (ctypes.c_int32, [ctypes.c_void_p, ctypes.POINTER(ctypes.POINTER(biodl_image)), ctypes.c_int64,
        ctypes.POINTER(biodl_run_options), biodl_progress_fn, ctypes.c_void_p, ctypes.POINTER(ctypes.POINTER(biodl_image)),
        ctypes.c_int64, ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(biodl_error)]),
    "biodl_result_describe": (ctypes.c_int32, [ctypes.c_void_p, ctypes.POINTER(biodl_result_info), ctypes.POINTER(biodl_error)]),
    "biodl_result_get_output": (ctypes.c_int32, [ctypes.c_void_p, ctypes.c_int64, ctypes.POINTER(biodl_result_output),
        ctypes.POINTER(biodl_error)]),
    "biodl_result_destroy": (ctypes.c_int32, [ctypes.c_void_p]),
    "biodl_account": (ctypes.c_int32, [ctypes.POINTER(None), ctypes.POINTER(ctypes.c_char_p), ctypes.POINTER(biodl_error)]),
    "biodl_run_stars_plan": (ctypes.c_int32, [ctypes.c_void_p, ctypes.POINTER(biodl_image), ctypes.POINTER(biodl_run_options),
        ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(biodl_error)]),
    "biodl_run_stars": (ctypes.c_int32, [ctypes.c_void_p, ctypes.POINTER(biodl_image), ctypes.POINTER(biodl_run_options),
        ctypes.POINTER(biodl_star_options), biodl_progress_fn, ctypes.c_void_p, ctypes.POINTER(biodl_image),
        ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(biodl_error)]),
    "biodl_run_stars_keep": (ctypes.c_int32, [ctypes.c_void_p, ctypes.POINTER(biodl_image), ctypes.POINTER(biodl_run_options),
        ctypes.c_double, biodl_progress_fn, ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(biodl_error)]),
    "biodl_candidates_describe": (ctypes.c_int32, [ctypes.c_void_p, ctypes.POINTER(biodl_candidates_info),
        ctypes.POINTER(biodl_error)]),
    "biodl_candidates_select": (ctypes.c_int32, [ctypes.c_void_p, ctypes.POINTER(biodl_star_options), biodl_progress_fn,
        ctypes.c_void_p, ctypes.POINTER(biodl_image), ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(biodl_error)]),
    "biodl_candidates_destroy": (ctypes.c_int32, [ctypes.c_void_p]),
    "biodl_catalogue_open": (ctypes.c_int32, [ctypes.c_int32, ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(biodl_error)]),
    "biodl_catalogue_count": (ctypes.c_int32, [ctypes.c_void_p, ctypes.POINTER(ctypes.c_int64), ctypes.POINTER(biodl_error)]),
    "biodl_catalogue_get": (ctypes.c_int32, [ctypes.c_void_p, ctypes.c_int64, ctypes.POINTER(biodl_catalogue_entry),
        ctypes.POINTER(biodl_error)]),
    "biodl_catalogue_warnings": (ctypes.c_int32, [ctypes.c_void_p, ctypes.POINTER(ctypes.c_char_p), ctypes.POINTER(biodl_error)]),
    "biodl_catalogue_destroy": (ctypes.c_int32, [ctypes.c_void_p]),
    "biodl_catalogue_default": (ctypes.c_int32, [ctypes.c_int32, ctypes.POINTER(biodl_image), ctypes.POINTER(ctypes.c_char_p),
        ctypes.POINTER(biodl_error)]),
    "biodl_model_install": (ctypes.c_int32, [ctypes.c_char_p, ctypes.c_char_p, biodl_progress_fn, ctypes.c_void_p,
        ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(biodl_error)]),
    "biodl_model_remove": (ctypes.c_int32, [ctypes.c_char_p, ctypes.POINTER(biodl_error)]),
    "biodl_model_verify": (ctypes.c_int32, [ctypes.c_void_p, ctypes.c_char_p, biodl_progress_fn, ctypes.c_void_p,
        ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(biodl_error)]),
    "biodl_verification_describe": (ctypes.c_int32, [ctypes.c_void_p, ctypes.POINTER(biodl_verification_info),
        ctypes.POINTER(biodl_error)]),
    "biodl_verification_get_output": (ctypes.c_int32, [ctypes.c_void_p, ctypes.c_int64, ctypes.POINTER(biodl_verification_output),
        ctypes.POINTER(biodl_error)]),
    "biodl_verification_destroy": (ctypes.c_int32, [ctypes.c_void_p]),
    "biodl_training_plan_create": (ctypes.c_int32, [ctypes.POINTER(biodl_training_options),
        ctypes.POINTER(ctypes.POINTER(biodl_training_image)), ctypes.c_int64, ctypes.POINTER(ctypes.c_void_p),
        ctypes.POINTER(biodl_error)]),
    "biodl_training_plan_describe": (ctypes.c_int32, [ctypes.c_void_p, ctypes.POINTER(biodl_training_plan_info),
        ctypes.POINTER(biodl_error)]),
    "biodl_training_plan_destroy": (ctypes.c_int32, [ctypes.c_void_p]),
    "biodl_training_create": (ctypes.c_int32, [ctypes.POINTER(biodl_training_options),
        ctypes.POINTER(ctypes.POINTER(biodl_training_image)), ctypes.c_int64, biodl_progress_fn, ctypes.c_void_p,
        ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(biodl_error)]),
    "biodl_training_resume": (ctypes.c_int32, [ctypes.c_char_p, ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(biodl_error)]),
    "biodl_training_describe": (ctypes.c_int32, [ctypes.c_void_p, ctypes.POINTER(biodl_training_info),
        ctypes.POINTER(biodl_error)]),
    "biodl_training_start": (ctypes.c_int32, [ctypes.c_void_p, ctypes.POINTER(biodl_error)]),
    "biodl_training_poll": (ctypes.c_int32, [ctypes.c_void_p, ctypes.POINTER(biodl_training_progress),
        ctypes.POINTER(biodl_error)]),
    "biodl_training_get_point": (ctypes.c_int32, [ctypes.c_void_p, ctypes.c_int64, ctypes.POINTER(biodl_training_point),
        ctypes.POINTER(biodl_error)]),
    "biodl_training_get_picture": (ctypes.c_int32, [ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(biodl_error)]),
    "biodl_training_picture_describe": (ctypes.c_int32, [ctypes.c_void_p, ctypes.POINTER(biodl_training_picture_info),
        ctypes.POINTER(biodl_error)]),
    "biodl_training_picture_get_plane": (ctypes.c_int32, [ctypes.c_void_p, ctypes.c_int64,
        ctypes.POINTER(ctypes.POINTER(ctypes.c_float)), ctypes.POINTER(biodl_error)]),
    "biodl_training_picture_destroy": (ctypes.c_int32, [ctypes.c_void_p]),
    "biodl_training_snapshot": (ctypes.c_int32, [ctypes.c_void_p, ctypes.c_char_p, ctypes.POINTER(biodl_error)]),
    "biodl_training_stop": (ctypes.c_int32, [ctypes.c_void_p, ctypes.POINTER(biodl_error)]),
    "biodl_training_cancel": (ctypes.c_int32, [ctypes.c_void_p, ctypes.POINTER(biodl_error)]),
    "biodl_training_wait": (ctypes.c_int32, [ctypes.c_void_p, ctypes.c_double, ctypes.POINTER(ctypes.c_int32),
        ctypes.POINTER(biodl_error)]),
    "biodl_training_get_result": (ctypes.c_int32, [ctypes.c_void_p, ctypes.POINTER(biodl_training_result),
        ctypes.POINTER(biodl_error)]),
    "biodl_training_destroy": (ctypes.c_int32, [ctypes.c_void_p]),
    "biodl_unfinished_open": (ctypes.c_int32, [ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(biodl_error)]),
    "biodl_unfinished_count": (ctypes.c_int32, [ctypes.c_void_p, ctypes.POINTER(ctypes.c_int64), ctypes.POINTER(biodl_error)]),
    "biodl_unfinished_get": (ctypes.c_int32, [ctypes.c_void_p, ctypes.c_int64, ctypes.POINTER(biodl_unfinished_entry),
        ctypes.POINTER(biodl_error)]),
    "biodl_unfinished_destroy": (ctypes.c_int32, [ctypes.c_void_p]),
    "biodl_training_discard": (ctypes.c_int32, [ctypes.c_char_p, ctypes.POINTER(biodl_error)]),
    "biodl_outputs_check": (ctypes.c_int32, [ctypes.POINTER(ctypes.c_char_p), ctypes.c_int64, ctypes.POINTER(ctypes.c_char_p),
        ctypes.c_int64, ctypes.c_int32, ctypes.POINTER(biodl_error)]),
    "biodl_output_place": (ctypes.c_int32, [ctypes.c_char_p, ctypes.c_char_p, ctypes.c_int32, ctypes.POINTER(biodl_error)]),
}


def declare(library):
    """Give every function of a ctypes.CDLL its result and argument types; returns the library."""
    for name, (result, arguments) in FUNCTIONS.items():
        function = getattr(library, name)
        function.restype = result
        function.argtypes = arguments
    return library
