namespace Weir.Runtime.Files.Writing;

/// <summary>A sink that needs a directory for itself.</summary>
internal interface IFileOutput
{
    /// <summary>Gets the directory, absolute.</summary>
    string Directory { get; }

    /// <summary>Gets the path that a finished file could have.</summary>
    string AnyPart { get; }
}
