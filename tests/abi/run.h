/* One call for the tests: segment with the built-in model and hand back what was found. */
#ifndef BIODL_TESTS_RUN_H
#define BIODL_TESTS_RUN_H

#include "check.h"

typedef struct found
{
    biodl_objects* objects;
    biodl_objects_view view;
    biodl_objects_report report;
} found;

static inline biodl_model* builtin(void)
{
    static biodl_model* model;
    if (!model)
        CHECK_OK(biodl_model_open(NULL, &model, &error));
    return model;
}

static inline found segment(const biodl_image* image, const biodl_segment_options* options, const biodl_image* labels)
{
    found result;
    memset(&result, 0, sizeof result);
    result.view.struct_size = sizeof result.view;
    result.report.struct_size = sizeof result.report;
    CHECK_OK(biodl_segment(builtin(), image, options, NULL, NULL, labels, &result.objects, &error));
    CHECK_OK(biodl_objects_get(result.objects, &result.view, &error));
    CHECK_OK(biodl_objects_describe(result.objects, &result.report, &error));
    return result;
}

static inline const biodl_object* object_at(const found* result, int64_t index)
{
    return (const biodl_object*)((const char*)result->view.objects + index * result->view.object_size);
}

static inline void same_objects(const found* a, const found* b)
{
    CHECK(a->view.count == b->view.count && a->view.rays == b->view.rays);
    for (int64_t i = 0; i < a->view.count; i++)
        CHECK(memcmp(object_at(a, i), object_at(b, i), sizeof(biodl_object)) == 0);
    size_t bytes = sizeof(float) * 2 * (size_t)a->view.rays * (size_t)a->view.count;
    CHECK(bytes == 0 || memcmp(a->view.vertices, b->view.vertices, bytes) == 0);
}

#endif
