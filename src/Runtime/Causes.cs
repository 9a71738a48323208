namespace Weir.Runtime;

/// <summary>Looks through a failure and all that led to it, also where several did.</summary>
internal static class Causes
{
    /// <summary>Whether the failure, or anything in its chain of causes, is of some kind.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="isOfKind">Whether one of them is.</param>
    public static bool Any(Exception failure, Func<Exception, bool> isOfKind)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (isOfKind(cause) || (cause is AggregateException several && several.InnerExceptions.Any(one => Any(one, isOfKind))))
            {
                return true;
            }
        }

        return false;
    }
}
