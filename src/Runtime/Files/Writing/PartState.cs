namespace Weir.Runtime.Files.Writing;

/// <summary>The states of a part file, which its name tells.</summary>
internal enum PartState
{
    /// <summary>Hidden, being written: nobody relies on it.</summary>
    InProgress,

    /// <summary>Hidden and whole: a checkpoint may commit it.</summary>
    Pending,

    /// <summary>Visible: committed.</summary>
    Finished,
}
