namespace Weir;

/// <summary>
/// Marks exceptions that trying again cannot help: a missing file, a malformed row, a wrong option. The job fails at once instead of
/// restarting.
/// </summary>
public interface IPermanentFailure;
