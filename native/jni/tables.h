/* SPDX-License-Identifier: MIT */
/* Generated from native/abi/biodl.json by managed/BioDL.Bindings: the structs that cross, and their names in Java. */
#ifndef BIODL_JNI_TABLES_H
#define BIODL_JNI_TABLES_H

#include "plane_window.h"
#include "record.h"

namespace biodl_jni
{
namespace tables
{
inline Record<biodl_version_info> version_info{"org/biodl/jni/Library$Version", {
    VALUE(biodl_version_info, version, version), VALUE(biodl_version_info, build, build),
    VALUE(biodl_version_info, runtime_version, runtimeVersion), VALUE(biodl_version_info, library_path, libraryPath),
    VALUE(biodl_version_info, runtime_path, runtimePath), VALUE(biodl_version_info, instruction_set, instructionSet)}};
inline Record<biodl_device_info> device_info{"org/biodl/jni/Library$Device", {
    VALUE(biodl_device_info, id, id), VALUE(biodl_device_info, name, name), VALUE(biodl_device_info, memory_bytes, memoryBytes),
    VALUE(biodl_device_info, available, available), VALUE(biodl_device_info, unavailable_reason, unavailableReason)}};
inline Record<biodl_model_info> model_info{"org/biodl/jni/ModelInfo", {
    VALUE(biodl_model_info, channels, channels), VALUE(biodl_model_info, name, name),
    VALUE(biodl_model_info, description, description), VALUE(biodl_model_info, licence, licence),
    VALUE(biodl_model_info, source, source), VALUE(biodl_model_info, sha256, sha256), VALUE(biodl_model_info, citation, citation),
    VALUE(biodl_model_info, rays, rays), VALUE(biodl_model_info, grid_y, gridY), VALUE(biodl_model_info, grid_x, gridX),
    VALUE(biodl_model_info, percentile_low, percentileLow), VALUE(biodl_model_info, percentile_high, percentileHigh),
    VALUE(biodl_model_info, prob_threshold, probability), VALUE(biodl_model_info, overlap_threshold, overlap),
    VALUE(biodl_model_info, task, task), VALUE(biodl_model_info, inputs, inputs), VALUE(biodl_model_info, outputs, outputs),
    VALUE(biodl_model_info, id, id), VALUE(biodl_model_info, version, version), VALUE(biodl_model_info, format, format),
    VALUE(biodl_model_info, weights_format, weightsFormat), VALUE(biodl_model_info, tags, tags),
    VALUE(biodl_model_info, made_for, madeFor), VALUE(biodl_model_info, object_diameter, objectDiameter)}};
inline Record<biodl_tensor_info> tensor_info{"org/biodl/jni/TensorInfo", {
    VALUE(biodl_tensor_info, channels, channels), VALUE(biodl_tensor_info, name, name), VALUE(biodl_tensor_info, axes, axes),
    VALUE(biodl_tensor_info, channel_names, channelNames), VALUE(biodl_tensor_info, processing, processing),
    VALUE(biodl_tensor_info, min, min), VALUE(biodl_tensor_info, step, step), VALUE(biodl_tensor_info, kind, kind),
    VALUE(biodl_tensor_info, restores_input, restoresInput)}};
inline Struct<biodl_image> image{"org/biodl/jni/ImageView", {
    VALUE(biodl_image, dtype, dtype), VALUE(biodl_image, shape, shape), VALUE(biodl_image, strides, strides),
    VALUE(biodl_image, offset, offset), VALUE(biodl_image, value_scale, valueScale),
    VALUE(biodl_image, value_offset, valueOffset)}};
inline Record<biodl_progress> progress{"org/biodl/jni/Progress", {
    VALUE(biodl_progress, stage, stage), VALUE(biodl_progress, done, done), VALUE(biodl_progress, total, total),
    VALUE(biodl_progress, frame, frame), VALUE(biodl_progress, slice, slice), VALUE(biodl_progress, fraction, fraction),
    VALUE(biodl_progress, seconds_left, secondsLeft)}};
inline Columns<biodl_object> object{"org/biodl/jni/SegmentedObjects$Columns", {
    VALUE(biodl_object, label, label), VALUE(biodl_object, frame, frame), VALUE(biodl_object, slice, slice),
    VALUE(biodl_object, probability, probability), VALUE(biodl_object, center_y, centerY), VALUE(biodl_object, center_x, centerX),
    VALUE(biodl_object, top, top), VALUE(biodl_object, left, left), VALUE(biodl_object, bottom, bottom),
    VALUE(biodl_object, right, right), VALUE(biodl_object, area, area), VALUE(biodl_object, center_z, centerZ),
    VALUE(biodl_object, first_slice, firstSlice), VALUE(biodl_object, last_slice, lastSlice), VALUE(biodl_object, pixels, pixels),
    VALUE(biodl_object, centroid_y, centroidY), VALUE(biodl_object, centroid_x, centroidX),
    VALUE(biodl_object, centroid_z, centroidZ), VALUE(biodl_object, track, track), VALUE(biodl_object, touches_edge, touchesEdge),
    VALUE(biodl_object, class_id, classId)}};
inline Record<biodl_objects_report> objects_report{"org/biodl/jni/RunReport", {
    VALUE(biodl_objects_report, tile_height, tileHeight), VALUE(biodl_objects_report, tile_width, tileWidth),
    VALUE(biodl_objects_report, fell_back, fellBack), VALUE(biodl_objects_report, tiles, tiles),
    VALUE(biodl_objects_report, candidates, candidates), VALUE(biodl_objects_report, device, device),
    VALUE(biodl_objects_report, device_name, deviceName), VALUE(biodl_objects_report, warnings, warnings),
    VALUE(biodl_objects_report, provenance, provenance), VALUE(biodl_objects_report, prepare_ms, prepareMs),
    VALUE(biodl_objects_report, read_ms, readMs), VALUE(biodl_objects_report, normalize_ms, normalizeMs),
    VALUE(biodl_objects_report, network_ms, networkMs), VALUE(biodl_objects_report, candidates_ms, candidatesMs),
    VALUE(biodl_objects_report, suppress_ms, suppressMs), VALUE(biodl_objects_report, render_ms, renderMs),
    VALUE(biodl_objects_report, total_ms, totalMs)}};
inline Struct<biodl_run_options> run_options{"org/biodl/jni/RunOptions$Struct", {
    VALUE(biodl_run_options, normalize, normalize), VALUE(biodl_run_options, percentile_low, percentileLow),
    VALUE(biodl_run_options, percentile_high, percentileHigh), VALUE(biodl_run_options, scale, scale),
    VALUE(biodl_run_options, tile, tile), VALUE(biodl_run_options, device, device),
    VALUE(biodl_run_options, memory_limit, memoryLimit), OBJECT(channels, "[[I"), VALUE(biodl_run_options, region, region),
    OBJECT(mask, "Lorg/biodl/jni/ImageView;"), OBJECT(percentileValues, "[[D"), VALUE(biodl_run_options, pixel_size, pixelSize),
    VALUE(biodl_run_options, dark_objects, darkObjects), VALUE(biodl_run_options, channel_names, channelNames),
    VALUE(biodl_run_options, image_scale, imageScale), VALUE(biodl_run_options, object_diameter, objectDiameter)}};
inline Struct<biodl_star_options> star_options{"org/biodl/jni/StarOptions$Struct", {
    VALUE(biodl_star_options, vertices, vertices), VALUE(biodl_star_options, prob_threshold, probThreshold),
    VALUE(biodl_star_options, overlap_threshold, overlapThreshold), VALUE(biodl_star_options, label_scope, labelScope),
    VALUE(biodl_star_options, border, border), VALUE(biodl_star_options, exclude_edges, excludeEdges),
    VALUE(biodl_star_options, rings, rings), VALUE(biodl_star_options, min_area, minArea),
    VALUE(biodl_star_options, max_area, maxArea), VALUE(biodl_star_options, grow, grow), VALUE(biodl_star_options, link, link),
    VALUE(biodl_star_options, link_overlap, linkOverlap), OBJECT(probability, "Lorg/biodl/jni/ImageView;"),
    OBJECT(distances, "Lorg/biodl/jni/ImageView;"), VALUE(biodl_star_options, origin, origin)}};
inline Record<biodl_candidates_info> candidates_info{"org/biodl/jni/Candidates$Info", {
    VALUE(biodl_candidates_info, count, count), VALUE(biodl_candidates_info, prob_threshold, probThreshold)}};
inline Record<biodl_plan_info> plan_info{"org/biodl/jni/RunPlan", {
    VALUE(biodl_plan_info, tiles, tiles), VALUE(biodl_plan_info, tile, tile), VALUE(biodl_plan_info, halo, halo),
    VALUE(biodl_plan_info, memory_bytes, memoryBytes), VALUE(biodl_plan_info, match, match), VALUE(biodl_plan_info, why, why),
    VALUE(biodl_plan_info, warnings, warnings)}, "[Lorg/biodl/jni/PlannedOutput;"};
inline Record<biodl_plan_output> plan_output{"org/biodl/jni/PlannedOutput", {
    VALUE(biodl_plan_output, kind, kind), VALUE(biodl_plan_output, shape, shape),
    VALUE(biodl_plan_output, restores_input, restoresInput), VALUE(biodl_plan_output, dtype, type),
    VALUE(biodl_plan_output, name, name), VALUE(biodl_plan_output, data_type, dataType),
    VALUE(biodl_plan_output, channel_names, channelNames), VALUE(biodl_plan_output, pixel_pitch, pixelPitch),
    VALUE(biodl_plan_output, origin, origin)}};
inline Record<biodl_result_info> result_info{"org/biodl/jni/RunResult", {
    VALUE(biodl_result_info, fell_back, fellBack), VALUE(biodl_result_info, tiles, tiles), VALUE(biodl_result_info, tile, tile),
    VALUE(biodl_result_info, bytes_read, bytesRead), VALUE(biodl_result_info, bytes_written, bytesWritten),
    VALUE(biodl_result_info, device, device), VALUE(biodl_result_info, device_name, deviceName),
    VALUE(biodl_result_info, warnings, warnings), VALUE(biodl_result_info, provenance, provenance),
    VALUE(biodl_result_info, prepare_ms, prepareMs), VALUE(biodl_result_info, statistics_ms, statisticsMs),
    VALUE(biodl_result_info, read_ms, readMs), VALUE(biodl_result_info, network_ms, networkMs),
    VALUE(biodl_result_info, write_ms, writeMs), VALUE(biodl_result_info, total_ms, totalMs)}, "[Lorg/biodl/jni/ResultOutput;"};
inline Record<biodl_result_output> result_output{"org/biodl/jni/ResultOutput", {
    VALUE(biodl_result_output, clipped, clipped), VALUE(biodl_result_output, not_finite, notFinite)}};
inline Record<biodl_catalogue_entry> catalogue_entry{"org/biodl/jni/CatalogueEntry", {
    VALUE(biodl_catalogue_entry, state, state), VALUE(biodl_catalogue_entry, task, task),
    VALUE(biodl_catalogue_entry, runnable, runnable), VALUE(biodl_catalogue_entry, bytes, bytes),
    VALUE(biodl_catalogue_entry, id, id), VALUE(biodl_catalogue_entry, name, name), VALUE(biodl_catalogue_entry, version, version),
    VALUE(biodl_catalogue_entry, description, description), VALUE(biodl_catalogue_entry, licence, licence),
    VALUE(biodl_catalogue_entry, citation, citation), VALUE(biodl_catalogue_entry, input, input),
    VALUE(biodl_catalogue_entry, tags, tags), VALUE(biodl_catalogue_entry, source, source),
    VALUE(biodl_catalogue_entry, cover, cover), VALUE(biodl_catalogue_entry, why_not, whyNot),
    VALUE(biodl_catalogue_entry, made_for, madeFor)}};
inline Record<biodl_verification_info> verification_info{"org/biodl/jni/Verification", {
    VALUE(biodl_verification_info, outcome, outcome), VALUE(biodl_verification_info, device, device),
    VALUE(biodl_verification_info, weights_format, weightsFormat), VALUE(biodl_verification_info, text, text),
    VALUE(biodl_verification_info, milliseconds, milliseconds)}, "[Lorg/biodl/jni/VerificationOutput;"};
inline Record<biodl_verification_output> verification_output{"org/biodl/jni/VerificationOutput", {
    VALUE(biodl_verification_output, passed, passed), VALUE(biodl_verification_output, name, name),
    VALUE(biodl_verification_output, values, values), VALUE(biodl_verification_output, mismatches, mismatches),
    VALUE(biodl_verification_output, largest_deviation, largestDeviation),
    VALUE(biodl_verification_output, absolute_tolerance, absoluteTolerance),
    VALUE(biodl_verification_output, relative_tolerance, relativeTolerance),
    VALUE(biodl_verification_output, allowed_per_million, allowedPerMillion)}};
inline Struct<biodl_training_image> training_image{"org/biodl/jni/TrainingImage$Struct", {
    VALUE(biodl_training_image, side, side), VALUE(biodl_training_image, name, name), OBJECT(input, "Lorg/biodl/jni/ImageView;"),
    OBJECT(target, "Lorg/biodl/jni/ImageView;"), OBJECT(labels, "Lorg/biodl/jni/ImageView;"), OBJECT(classes, "[I"),
    OBJECT(channels, "[I"), OBJECT(targetChannels, "[I"), VALUE(biodl_training_image, group, group),
    VALUE(biodl_training_image, weight, weight), VALUE(biodl_training_image, pixel_size, pixelSize)}};
inline Struct<biodl_training_options> training_options{"org/biodl/jni/TrainingOptions$Struct", {
    VALUE(biodl_training_options, method, method), VALUE(biodl_training_options, name, name),
    VALUE(biodl_training_options, start, start), VALUE(biodl_training_options, folder, folder),
    VALUE(biodl_training_options, steps, steps), VALUE(biodl_training_options, volumes, volumes),
    VALUE(biodl_training_options, minutes, minutes), VALUE(biodl_training_options, seed, seed),
    VALUE(biodl_training_options, validation, validation), VALUE(biodl_training_options, patch, patch),
    VALUE(biodl_training_options, batch, batch), VALUE(biodl_training_options, threads, threads),
    VALUE(biodl_training_options, median, median), VALUE(biodl_training_options, memory_limit, memoryLimit),
    VALUE(biodl_training_options, noise_axis, noiseAxis), VALUE(biodl_training_options, noise_radius, noiseRadius),
    VALUE(biodl_training_options, probabilistic, probabilistic), VALUE(biodl_training_options, rays, rays),
    VALUE(biodl_training_options, structural_similarity, structuralSimilarity),
    VALUE(biodl_training_options, adversarial, adversarial), VALUE(biodl_training_options, simulated_noise, simulatedNoise),
    VALUE(biodl_training_options, authors, authors), VALUE(biodl_training_options, licence, licence),
    VALUE(biodl_training_options, description, description), VALUE(biodl_training_options, data, data),
    VALUE(biodl_training_options, citation, citation)}};
inline Record<biodl_training_plan_info> training_plan_info{"org/biodl/jni/TrainingPlan", {
    VALUE(biodl_training_plan_info, steps, steps), VALUE(biodl_training_plan_info, batch, batch),
    VALUE(biodl_training_plan_info, training_samples, trainingSamples),
    VALUE(biodl_training_plan_info, validation_samples, validationSamples), VALUE(biodl_training_plan_info, patch, patch),
    VALUE(biodl_training_plan_info, memory_bytes, memoryBytes), VALUE(biodl_training_plan_info, disk_bytes, diskBytes),
    VALUE(biodl_training_plan_info, minutes, minutes), VALUE(biodl_training_plan_info, notes, notes)}};
inline Record<biodl_training_info> training_info{"org/biodl/jni/Training$Info", {
    VALUE(biodl_training_info, method, method), VALUE(biodl_training_info, id, id), VALUE(biodl_training_info, name, name),
    VALUE(biodl_training_info, notes, notes)}};
inline Record<biodl_training_progress> training_progress{"org/biodl/jni/TrainingProgress", {
    VALUE(biodl_training_progress, state, state), VALUE(biodl_training_progress, step, step),
    VALUE(biodl_training_progress, steps, steps), VALUE(biodl_training_progress, validations, validations),
    VALUE(biodl_training_progress, loss, loss), VALUE(biodl_training_progress, validation_loss, validationLoss),
    VALUE(biodl_training_progress, rate, rate), VALUE(biodl_training_progress, seconds, seconds),
    VALUE(biodl_training_progress, seconds_left, secondsLeft), VALUE(biodl_training_progress, memory_bytes, memoryBytes),
    VALUE(biodl_training_progress, message, message), VALUE(biodl_training_progress, figures, figures)}};
inline Record<biodl_training_point> training_point{"org/biodl/jni/TrainingPoint", {
    VALUE(biodl_training_point, step, step), VALUE(biodl_training_point, loss, loss),
    VALUE(biodl_training_point, validation_loss, validationLoss), VALUE(biodl_training_point, rate, rate),
    VALUE(biodl_training_point, seconds, seconds)}};
inline Record<biodl_training_picture_info> training_picture_info{"org/biodl/jni/TrainingPicture", {
    VALUE(biodl_training_picture_info, step, step), VALUE(biodl_training_picture_info, height, height),
    VALUE(biodl_training_picture_info, width, width), VALUE(biodl_training_picture_info, names, names)}, "[[F"};
inline Record<biodl_training_result> training_result{"org/biodl/jni/TrainingResult", {
    VALUE(biodl_training_result, model_id, modelId), VALUE(biodl_training_result, path, path),
    VALUE(biodl_training_result, report, report), VALUE(biodl_training_result, figures, figures),
    VALUE(biodl_training_result, warnings, warnings)}};
inline Record<biodl_unfinished_entry> unfinished_entry{"org/biodl/jni/UnfinishedTraining", {
    VALUE(biodl_unfinished_entry, method, method), VALUE(biodl_unfinished_entry, id, id), VALUE(biodl_unfinished_entry, name, name),
    VALUE(biodl_unfinished_entry, step, step), VALUE(biodl_unfinished_entry, steps, steps),
    VALUE(biodl_unfinished_entry, last, last)}};
inline Record<biodl_window_counters> window_counters{"org/biodl/jni/Library$Windows", {
    VALUE(biodl_window_counters, locks, locks), VALUE(biodl_window_counters, copies, copies),
    VALUE(biodl_window_counters, held, held), VALUE(biodl_window_counters, total_ms, totalMs),
    VALUE(biodl_window_counters, longest_ms, longestMs)}};
}

/** Look up every class, constructor and field above. @return false with an exception when one is missing */
inline bool load_tables(JNIEnv* env)
{
    return tables::version_info.load(env)
        && tables::device_info.load(env)
        && tables::model_info.load(env)
        && tables::tensor_info.load(env)
        && tables::image.load(env)
        && tables::progress.load(env)
        && tables::object.load(env)
        && tables::objects_report.load(env)
        && tables::run_options.load(env)
        && tables::star_options.load(env)
        && tables::candidates_info.load(env)
        && tables::plan_info.load(env)
        && tables::plan_output.load(env)
        && tables::result_info.load(env)
        && tables::result_output.load(env)
        && tables::catalogue_entry.load(env)
        && tables::verification_info.load(env)
        && tables::verification_output.load(env)
        && tables::training_image.load(env)
        && tables::training_options.load(env)
        && tables::training_plan_info.load(env)
        && tables::training_info.load(env)
        && tables::training_progress.load(env)
        && tables::training_point.load(env)
        && tables::training_picture_info.load(env)
        && tables::training_result.load(env)
        && tables::unfinished_entry.load(env)
        && tables::window_counters.load(env);
}
}

#endif
