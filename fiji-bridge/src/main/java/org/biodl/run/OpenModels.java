package org.biodl.run;

import java.io.File;
import org.biodl.jni.Model;

/**
 * The model used last stays open, because loading its network takes longer than finding the nuclei of a small image. A model whose file
 * changed is opened again.
 */
public final class OpenModels
{
    private static Model _model;
    private static String _key;

    private OpenModels()
    {
    }

    /** @return the open model; do not close it */
    public static synchronized Model open(String path)
    {
        String key = path + key(new File(path)) + key(new File(path, "weights.onnx"));
        if (!key.equals(_key))
        {
            Model opened = Model.open(path);
            // runs that still use the former one finish first
            if (_model != null)
                _model.close();
            _model = opened;
            _key = key;
        }
        return _model;
    }

    /** The next call opens its model anew: an id may stand for another model now. */
    public static synchronized void changed()
    {
        _key = null;
    }

    private static String key(File file)
    {
        return "|" + file.lastModified() + "|" + (file.isFile() ? file.length() : 0);
    }
}
