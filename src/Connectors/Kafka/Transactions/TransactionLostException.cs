namespace Weir.KafkaLog.Transactions;

/// <summary>A transaction is lost: its records will not become visible, and are written again behind the newest checkpoint.</summary>
internal class TransactionLostException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A transaction is lost, since a right is missing: no other try can help.</summary>
internal sealed class TransactionRefusedException(string message) : TransactionLostException(message), IPermanentFailure;

/// <summary>The progress of the job does not fit to its checkpoints: no other try can help.</summary>
internal sealed class ProgressException(string message) : Exception(message), IPermanentFailure;
