namespace Weir.Testing.Disk;

/// <summary>Stands before each file operation of a simulated process and decides what becomes of it.</summary>
internal interface IOperationGuard
{
    /// <summary>Lets an operation happen, fail, or be the last.</summary>
    T Do<T>(string operation, string path, Func<T> perform);

    /// <summary>Lets bytes be appended: all, some or none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="length">The number of bytes.</param>
    /// <param name="perform">Appends the first of them.</param>
    void DoWrite(string path, int length, Action<int> perform);

    /// <summary>Something has been done to the process by what it calls: it may fail.</summary>
    void Blame()
    {
    }
}
