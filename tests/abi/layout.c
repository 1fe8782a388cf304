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
    FIELDS_4(biodl_model_info, task, inputs, outputs, reserved);
    FIELDS_4(biodl_model_info, id, version, format, weights_format);
    FIELD(biodl_model_info, tags);
    SIZE(biodl_tensor_info);
    FIELDS_4(biodl_tensor_info, struct_size, channels, name, axes);
    FIELDS_4(biodl_tensor_info, channel_names, processing, min, step);
    FIELDS_2(biodl_tensor_info, kind, restores_input);
    SIZE(biodl_image);
    FIELDS_4(biodl_image, struct_size, dtype, shape, strides);
    FIELDS_4(biodl_image, data, offset, lock, unlock);
    FIELD(biodl_image, user_data);
    SIZE(biodl_progress);
    FIELDS_4(biodl_progress, struct_size, stage, done, total);
    FIELDS_4(biodl_progress, frame, slice, fraction, seconds_left);
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
    SIZE(biodl_channels);
    FIELDS_2(biodl_channels, index, count);
    SIZE(biodl_run_options);
    FIELDS_4(biodl_run_options, struct_size, normalize, percentile_low, percentile_high);
    FIELDS_4(biodl_run_options, scale, tile, device, memory_limit);
    FIELDS_2(biodl_run_options, channels, channels_count);
    FIELD(biodl_run_options, region);
    SIZE(biodl_plan_info);
    FIELDS_4(biodl_plan_info, struct_size, outputs, tiles, tile);
    FIELDS_4(biodl_plan_info, halo, memory_bytes, match, why);
    FIELD(biodl_plan_info, warnings);
    SIZE(biodl_plan_output);
    FIELDS_4(biodl_plan_output, struct_size, kind, shape, restores_input);
    FIELDS_4(biodl_plan_output, dtype, name, data_type, channel_names);
    FIELDS_2(biodl_plan_output, pixel_pitch, origin);
    SIZE(biodl_result_info);
    FIELDS_4(biodl_result_info, struct_size, fell_back, tiles, tile);
    FIELDS_4(biodl_result_info, bytes_read, bytes_written, device, device_name);
    FIELDS_4(biodl_result_info, warnings, provenance, prepare_ms, statistics_ms);
    FIELDS_4(biodl_result_info, read_ms, network_ms, write_ms, total_ms);
    SIZE(biodl_result_output);
    FIELDS_4(biodl_result_output, struct_size, reserved, clipped, not_finite);
    SIZE(biodl_catalogue_entry);
    FIELDS_4(biodl_catalogue_entry, struct_size, state, task, runnable);
    FIELDS_4(biodl_catalogue_entry, bytes, id, name, version);
    FIELDS_4(biodl_catalogue_entry, description, licence, citation, input);
    FIELDS_4(biodl_catalogue_entry, tags, source, cover, why_not);
    SIZE(biodl_verification_info);
    FIELDS_4(biodl_verification_info, struct_size, outcome, outputs, device);
    FIELDS_2(biodl_verification_info, weights_format, text);
    FIELD(biodl_verification_info, milliseconds);
    SIZE(biodl_verification_output);
    FIELDS_4(biodl_verification_output, struct_size, passed, name, values);
    FIELDS_4(biodl_verification_output, mismatches, largest_deviation, absolute_tolerance, relative_tolerance);
    FIELD(biodl_verification_output, allowed_per_million);
    return 0;
}
