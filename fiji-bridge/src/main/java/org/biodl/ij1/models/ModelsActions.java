package org.biodl.ij1.models;

import java.util.List;
import java.util.function.UnaryOperator;
import org.biodl.jni.BioDLException;
import org.biodl.jni.Catalogue;
import org.biodl.jni.CatalogueEntry;
import org.biodl.jni.Model;
import org.biodl.jni.ProgressListener;
import org.biodl.jni.Verification;
import org.biodl.run.OpenModels;

/** What "BioDL Models..." does, without windows. */
public final class ModelsActions
{
    private ModelsActions()
    {
    }

    /** Do what a macro's options say. @param variable looks up a macro variable @return what came of it, as text */
    public static String perform(String options, UnaryOperator<String> variable)
    {
        return perform(ModelsSettings.parse(options, variable), null);
    }

    /**
     * Do one thing.
     *
     * @return what came of it, as text
     * @throws BioDLException when it failed; a model that deviates from its test tensors is a failure too
     */
    static String perform(ModelsSettings settings, ProgressListener listener)
    {
        switch (settings.action)
        {
            case ModelsOptions.INFO:
                return ModelsText.info(find(settings.id, settings.online));
            case ModelsOptions.INSTALL:
                return installed(install(settings.source, settings.sha256, listener));
            case ModelsOptions.VERIFY:
                return passed(settings.id, verify(settings.id, settings.device, listener)).text.trim();
            case ModelsOptions.REMOVE:
                remove(settings.id);
                return "Removed " + settings.id + ".";
            default:
                return list(settings).text();
        }
    }

    /** A listing with the models left out that were not asked for. */
    static final class Listing
    {
        final List<CatalogueEntry> entries;
        final List<String> warnings;

        Listing(List<CatalogueEntry> entries, List<String> warnings)
        {
            this.entries = entries;
            this.warnings = warnings;
        }

        String text()
        {
            StringBuilder text = new StringBuilder(ModelsText.lines(entries));
            for (String warning : warnings)
                text.append("\nWarning: ").append(warning);
            return text.toString();
        }
    }

    static Listing list(ModelsSettings settings)
    {
        Catalogue all = Catalogue.list(settings.online);
        return new Listing(new ModelsFilter(settings.filter, settings.task).of(all.entries), all.warnings);
    }

    /** @return a listing with the installed model alone */
    public static Catalogue install(String source, String sha256, ProgressListener listener)
    {
        Catalogue installed = Catalogue.install(source, sha256, listener);
        OpenModels.changed();
        return installed;
    }

    /** Get the library that trainings and TorchScript need. Not on the event thread; the status bar tells, Esc cancels. */
    public static void installLibtorch()
    {
        try (ModelsProgress progress = new ModelsProgress("Installing libtorch", null))
        {
            install(ModelsText.LIBTORCH, "", progress);
        }
    }

    static void remove(String id)
    {
        Catalogue.remove(id);
        OpenModels.changed();
    }

    static String installed(Catalogue installed)
    {
        CatalogueEntry entry = installed.entries.get(0);
        return "Installed " + ModelsText.name(entry) + " as " + entry.id + "."
            + (installed.warnings.isEmpty() ? "" : "\nWarning: " + String.join("\nWarning: ", installed.warnings));
    }

    static Verification verify(String id, String device, ProgressListener listener)
    {
        try (Model model = Model.open(id))
        {
            return Verification.of(model, device, listener);
        }
    }

    private static Verification passed(String id, Verification verification)
    {
        if (verification.outcome == Verification.Outcome.FAILED)
            throw new BioDLException(BioDLException.HOST, "The model " + id + " does not give its own test output on this machine.\n"
                + verification.text.trim(), "Do not use it here; install it again, or try another device (device=cpu).");
        return verification;
    }

    private static CatalogueEntry find(String id, boolean online)
    {
        Catalogue all = Catalogue.list(online);
        for (CatalogueEntry entry : all.entries)
            if (entry.id.equals(id))
                return entry;
        throw new BioDLException(BioDLException.NOT_FOUND, "There is no model '" + id + "'" + (online ? "." : " on this machine.")
            + (all.warnings.isEmpty() ? "" : "\n" + String.join("\n", all.warnings)),
            online ? "action=list online shows the ids." : "action=list shows the ids; online models are found with the option online.");
    }
}
