/* Prints the size of every struct and the offset of every field: "struct field offset". */
#include <stdio.h>
#include "biodl/biodl.h"

#define SIZE(type) printf("%s sizeof %zu\n", #type, sizeof(type))
#define FIELD(type, field) printf("%s %s %zu\n", #type, #field, offsetof(type, field))
#define FIELDS_2(t, a, b) FIELD(t, a); FIELD(t, b)
#define FIELDS_4(t, a, b, c, d) FIELDS_2(t, a, b); FIELDS_2(t, c, d)

int main(void)
{
    SIZE(biodl_error); FIELDS_4(biodl_error, struct_size, code, message, hint);
    SIZE(biodl_version_info);
    FIELDS_4(biodl_version_info, struct_size, abi_version, version, build);
    FIELDS_4(biodl_version_info, runtime_version, library_path, runtime_path, instruction_set);
    SIZE(biodl_device_info);
    FIELDS_4(biodl_device_info, struct_size, kind, id, name);
    FIELDS_4(biodl_device_info, memory_bytes, available, reserved, unavailable_reason);
    SIZE(biodl_model_info);
    FIELDS_4(biodl_model_info, struct_size, channels, name, description);
    FIELDS_4(biodl_model_info, licence, source, sha256, citation);
    FIELDS_4(biodl_model_info, rays, grid_y, grid_x, divisor_y);
    FIELDS_4(biodl_model_info, divisor_x, halo, percentile_low, percentile_high);
    FIELDS_2(biodl_model_info, prob_threshold, overlap_threshold);
    SIZE(biodl_image);
    FIELDS_4(biodl_image, struct_size, dtype, shape, strides);
    FIELDS_4(biodl_image, data, offset, lock, unlock);
    FIELD(biodl_image, user_data);
    SIZE(biodl_progress);
    FIELDS_4(biodl_progress, struct_size, stage, done, total);
    FIELDS_2(biodl_progress, frame, slice); FIELD(biodl_progress, fraction);
    SIZE(biodl_segment_options);
    FIELDS_4(biodl_segment_options, struct_size, normalize, percentile_low, percentile_high);
    FIELDS_4(biodl_segment_options, prob_threshold, overlap_threshold, vertices, label_scope);
    FIELDS_4(biodl_segment_options, border, tile, device, mask);
    FIELD(biodl_segment_options, memory_limit);
    SIZE(biodl_object);
    FIELDS_4(biodl_object, label, frame, slice, probability);
    FIELDS_4(biodl_object, center_y, center_x, top, left);
    FIELDS_4(biodl_object, bottom, right, reserved, area);
    SIZE(biodl_objects_view);
    FIELDS_4(biodl_objects_view, struct_size, rays, count, object_size);
    FIELDS_2(biodl_objects_view, objects, vertices);
    SIZE(biodl_objects_report);
    FIELDS_4(biodl_objects_report, struct_size, tile_height, tile_width, fell_back);
    FIELDS_4(biodl_objects_report, tiles, candidates, device, device_name);
    FIELDS_4(biodl_objects_report, warnings, provenance, prepare_ms, read_ms);
    FIELDS_4(biodl_objects_report, normalize_ms, network_ms, candidates_ms, suppress_ms);
    FIELDS_2(biodl_objects_report, render_ms, total_ms);
    return 0;
}
