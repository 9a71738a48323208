namespace Weir;

/// <summary>A job has failed for good. The message says what failed, where, and what to do.</summary>
public sealed class JobException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="message">What, where, what to do.</param>
    /// <param name="innerException">The failure itself.</param>
    public JobException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Says all that failed, with stack traces. A cause whose text the message has already is named by its type alone.</summary>
    /// <returns>Several lines.</returns>
    public override string ToString()
    {
        var text = base.ToString();
        for (var cause = InnerException; cause is not null; cause = cause.InnerException)
        {
            if (cause.Message.Length > 0 && Message.Contains(cause.Message.TrimEnd(), StringComparison.Ordinal))
            {
                text = text.Replace($" ---> {cause.GetType()}: {cause.Message}", $" ---> {cause.GetType()}", StringComparison.Ordinal);
            }
        }

        return text;
    }
}
