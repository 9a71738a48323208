namespace Weir.Runtime.Checkpoints.Manifests;

/// <summary>A checkpoint is whole, but a newer Weir wrote it. Older checkpoints are no way out: their output is committed already.</summary>
/// <param name="found">The version found.</param>
/// <param name="known">The newest version that this Weir reads.</param>
internal sealed class NewerFormatException(int found, int known) : Exception(
    $"it was written by a newer Weir: its format is version {found}, this Weir reads up to {known}. Run the job with the Weir that wrote it, or a newer one.");
