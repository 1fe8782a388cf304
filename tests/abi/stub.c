/* Generated from native/abi/biodl.json by managed/BioDL.Bindings.
   A library for abidiff: what the headers declare, and nothing else. */
#include "biodl/biodl.h"

const char* biodl_status_name(biodl_status status) { return 0; }
uint32_t biodl_abi_version(void) { return 0; }
biodl_status biodl_version_get(biodl_version_info* info, biodl_error* error) { return 0; }
biodl_status biodl_device_count(int32_t* count, biodl_error* error) { return 0; }
biodl_status biodl_device_get(int32_t index, biodl_device_info* info, biodl_error* error) { return 0; }
biodl_status biodl_model_open(const char* path, biodl_model** model, biodl_error* error) { return 0; }
biodl_status biodl_model_describe(const biodl_model* model, biodl_model_info* info, biodl_error* error) { return 0; }
biodl_status biodl_model_get_input(const biodl_model* model, int64_t index, biodl_tensor_info* info,
    biodl_error* error) { return 0; }
biodl_status biodl_model_get_output(const biodl_model* model, int64_t index, biodl_tensor_info* info,
    biodl_error* error) { return 0; }
biodl_status biodl_model_close(biodl_model* model) { return 0; }
biodl_status biodl_segment_options_default(const biodl_model* model, biodl_segment_options* options,
    biodl_error* error) { return 0; }
biodl_status biodl_segment(const biodl_model* model, const biodl_image* image, const biodl_segment_options* options,
    biodl_progress_fn progress, void* user_data, const biodl_image* labels, biodl_objects** objects,
    biodl_error* error) { return 0; }
biodl_status biodl_objects_get(const biodl_objects* objects, biodl_objects_view* view, biodl_error* error) { return 0; }
biodl_status biodl_objects_describe(const biodl_objects* objects, biodl_objects_report* report, biodl_error* error) { return 0; }
biodl_status biodl_objects_render(const biodl_objects* objects, const biodl_image* labels, biodl_error* error) { return 0; }
biodl_status biodl_objects_destroy(biodl_objects* objects) { return 0; }
biodl_status biodl_run_plan(const biodl_model* model, const biodl_image* const* inputs, int64_t input_count,
    const biodl_run_options* options, biodl_plan** plan, biodl_error* error) { return 0; }
biodl_status biodl_plan_describe(const biodl_plan* plan, biodl_plan_info* info, biodl_error* error) { return 0; }
biodl_status biodl_plan_get_output(const biodl_plan* plan, int64_t index, biodl_plan_output* output,
    biodl_error* error) { return 0; }
biodl_status biodl_plan_destroy(biodl_plan* plan) { return 0; }
biodl_status biodl_run(const biodl_model* model, const biodl_image* const* inputs, int64_t input_count,
    const biodl_run_options* options, biodl_progress_fn progress, void* user_data, const biodl_image* const* outputs,
    int64_t output_count, biodl_result** result, biodl_error* error) { return 0; }
biodl_status biodl_result_describe(const biodl_result* result, biodl_result_info* info, biodl_error* error) { return 0; }
biodl_status biodl_result_get_output(const biodl_result* result, int64_t index, biodl_result_output* output,
    biodl_error* error) { return 0; }
biodl_status biodl_result_destroy(biodl_result* result) { return 0; }
biodl_status biodl_account(const void* result, const char** json, biodl_error* error) { return 0; }
biodl_status biodl_run_stars_plan(const biodl_model* model, const biodl_image* image, const biodl_run_options* options,
    biodl_plan** plan, biodl_error* error) { return 0; }
biodl_status biodl_run_stars(const biodl_model* model, const biodl_image* image, const biodl_run_options* options,
    const biodl_star_options* stars, biodl_progress_fn progress, void* user_data, const biodl_image* labels,
    biodl_objects** objects, biodl_error* error) { return 0; }
biodl_status biodl_run_stars_keep(const biodl_model* model, const biodl_image* image, const biodl_run_options* options,
    double prob_threshold, biodl_progress_fn progress, void* user_data, biodl_candidates** candidates,
    biodl_error* error) { return 0; }
biodl_status biodl_candidates_describe(const biodl_candidates* candidates, biodl_candidates_info* info,
    biodl_error* error) { return 0; }
biodl_status biodl_candidates_select(const biodl_candidates* candidates, const biodl_star_options* stars,
    biodl_progress_fn progress, void* user_data, const biodl_image* labels, biodl_objects** objects,
    biodl_error* error) { return 0; }
biodl_status biodl_candidates_destroy(biodl_candidates* candidates) { return 0; }
biodl_status biodl_catalogue_open(int32_t online, biodl_catalogue** catalogue, biodl_error* error) { return 0; }
biodl_status biodl_catalogue_count(const biodl_catalogue* catalogue, int64_t* count, biodl_error* error) { return 0; }
biodl_status biodl_catalogue_get(const biodl_catalogue* catalogue, int64_t index, biodl_catalogue_entry* entry,
    biodl_error* error) { return 0; }
biodl_status biodl_catalogue_warnings(const biodl_catalogue* catalogue, const char** warnings, biodl_error* error) { return 0; }
biodl_status biodl_catalogue_destroy(biodl_catalogue* catalogue) { return 0; }
biodl_status biodl_catalogue_default(int32_t task, const biodl_image* image, const char** id, biodl_error* error) { return 0; }
biodl_status biodl_model_install(const char* source, const char* sha256, biodl_progress_fn progress, void* user_data,
    biodl_catalogue** catalogue, biodl_error* error) { return 0; }
biodl_status biodl_model_remove(const char* id, biodl_error* error) { return 0; }
biodl_status biodl_model_verify(const biodl_model* model, const char* device, biodl_progress_fn progress, void* user_data,
    biodl_verification** verification, biodl_error* error) { return 0; }
biodl_status biodl_verification_describe(const biodl_verification* verification, biodl_verification_info* info,
    biodl_error* error) { return 0; }
biodl_status biodl_verification_get_output(const biodl_verification* verification, int64_t index, biodl_verification_output* output,
    biodl_error* error) { return 0; }
biodl_status biodl_verification_destroy(biodl_verification* verification) { return 0; }
biodl_status biodl_training_plan_create(const biodl_training_options* options, const biodl_training_image* const* images,
    int64_t count, biodl_training_plan** plan, biodl_error* error) { return 0; }
biodl_status biodl_training_plan_describe(const biodl_training_plan* plan, biodl_training_plan_info* info,
    biodl_error* error) { return 0; }
biodl_status biodl_training_plan_destroy(biodl_training_plan* plan) { return 0; }
biodl_status biodl_training_create(const biodl_training_options* options, const biodl_training_image* const* images, int64_t count,
    biodl_progress_fn progress, void* user_data, biodl_training** training, biodl_error* error) { return 0; }
biodl_status biodl_training_resume(const char* id, biodl_training** training, biodl_error* error) { return 0; }
biodl_status biodl_training_describe(const biodl_training* training, biodl_training_info* info, biodl_error* error) { return 0; }
biodl_status biodl_training_start(const biodl_training* training, biodl_error* error) { return 0; }
biodl_status biodl_training_poll(const biodl_training* training, biodl_training_progress* progress,
    biodl_error* error) { return 0; }
biodl_status biodl_training_get_point(const biodl_training* training, int64_t index, biodl_training_point* point,
    biodl_error* error) { return 0; }
biodl_status biodl_training_get_picture(const biodl_training* training, biodl_training_picture** picture,
    biodl_error* error) { return 0; }
biodl_status biodl_training_picture_describe(const biodl_training_picture* picture, biodl_training_picture_info* info,
    biodl_error* error) { return 0; }
biodl_status biodl_training_picture_get_plane(const biodl_training_picture* picture, int64_t index, const float** pixels,
    biodl_error* error) { return 0; }
biodl_status biodl_training_picture_destroy(biodl_training_picture* picture) { return 0; }
biodl_status biodl_training_snapshot(const biodl_training* training, const char* folder, biodl_error* error) { return 0; }
biodl_status biodl_training_stop(const biodl_training* training, biodl_error* error) { return 0; }
biodl_status biodl_training_cancel(const biodl_training* training, biodl_error* error) { return 0; }
biodl_status biodl_training_wait(const biodl_training* training, double seconds, int32_t* over, biodl_error* error) { return 0; }
biodl_status biodl_training_get_result(const biodl_training* training, biodl_training_result* result,
    biodl_error* error) { return 0; }
biodl_status biodl_training_destroy(biodl_training* training) { return 0; }
biodl_status biodl_unfinished_open(biodl_unfinished** unfinished, biodl_error* error) { return 0; }
biodl_status biodl_unfinished_count(const biodl_unfinished* unfinished, int64_t* count, biodl_error* error) { return 0; }
biodl_status biodl_unfinished_get(const biodl_unfinished* unfinished, int64_t index, biodl_unfinished_entry* entry,
    biodl_error* error) { return 0; }
biodl_status biodl_unfinished_destroy(biodl_unfinished* unfinished) { return 0; }
biodl_status biodl_training_discard(const char* id, biodl_error* error) { return 0; }
biodl_status biodl_outputs_check(const char* const* outputs, int64_t output_count, const char* const* inputs, int64_t input_count,
    int32_t overwrite, biodl_error* error) { return 0; }
biodl_status biodl_output_place(const char* written, const char* path, int32_t overwrite, biodl_error* error) { return 0; }
