namespace Weir.Runtime.Checkpoints.Manifests;

/// <summary>
/// A checkpoint is whole, but another Weir wrote it. Older checkpoints are no way out: what came after them is committed already.
/// </summary>
/// <param name="found">The version found.</param>
/// <param name="known">The version that this Weir reads.</param>
internal sealed class OtherFormatException(int found, int known) : Exception(found > known
    ? $"it was written by a newer Weir: its format is version {found}, this Weir reads {known}. Run the job with the Weir that wrote it, "
        + "or a newer one."
    : $"it was written by an older Weir: its format is version {found}, this Weir reads {known}. Finish the job with the Weir that wrote "
        + "it, "
        + "or start it from nothing: move its checkpoints and its output away.");
