namespace Weir.Testing;

/// <summary>What a simulated file system is about to do.</summary>
/// <param name="Kind">What.</param>
/// <param name="Path">To which file or directory; a rename's source.</param>
/// <param name="Number">The how many-th operation it is, from 1.</param>
public readonly record struct FileOperation(FileOperationKind Kind, string Path, long Number);

/// <summary>What can be done to a file system.</summary>
public enum FileOperationKind
{
    /// <summary>Opening a file to read it.</summary>
    OpenRead,

    /// <summary>Reading bytes.</summary>
    Read,

    /// <summary>Creating a file.</summary>
    Create,

    /// <summary>Appending bytes.</summary>
    Write,

    /// <summary>Making the bytes of a file durable.</summary>
    Sync,

    /// <summary>Renaming a file.</summary>
    Rename,

    /// <summary>Deleting a file.</summary>
    DeleteFile,

    /// <summary>Deleting a directory with all in it.</summary>
    DeleteDirectory,

    /// <summary>Creating a directory.</summary>
    CreateDirectory,

    /// <summary>Making the names in a directory durable.</summary>
    SyncDirectory,

    /// <summary>Asking what there is.</summary>
    List,

    /// <summary>Taking a lock.</summary>
    Lock,
}
